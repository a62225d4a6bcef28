using System.Buffers;
using System.Text;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Worker.Data.Spill;

/// <summary>A value on disk: its bytes and the seal of <see cref="SealedValue"/>.</summary>
internal static class SpillFile
{
    // Small enough that what the checksum has read is still in the core's own cache when it is written, or read.
    private const int Window = 256 << 10;

    /// <summary>The length of the file of a value of so many bytes.</summary>
    public static long LengthOf(long bytes) => bytes + SealedValue.SealLength;

    /// <summary>Writes a value, all or nothing.</summary>
    /// <returns>The CRC-32C of the bytes.</returns>
    /// <exception cref="IOException">It cannot be written; nothing is left.</exception>
    public static uint Write(string file, string key, in ReadOnlySequence<byte> bytes)
    {
        var staged = file + ".new";
        try
        {
            uint checksum;
            using (var handle = File.OpenHandle(staged, FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: LengthOf(bytes.Length)))
                checksum = Write(handle, key, bytes);
            File.Move(staged, file, overwrite: true);
            return checksum;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(staged);
            throw;
        }
    }

    /// <summary>Reads a value that was written under this key; false where the file is not what was written.</summary>
    public static bool TryRead(string file, string key, PooledBuffer target)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            return RandomAccess.GetLength(handle) == LengthOf(target.Length) && TryRead(handle, key, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes a file; one that cannot be removed goes with its folder.</summary>
    public static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is emptied when its worker ends, or by the next one that starts.
        }
    }

    private static uint Write(SafeFileHandle handle, string key, in ReadOnlySequence<byte> bytes)
    {
        var checksum = 0u;
        var offset = 0L;
        foreach (var piece in bytes)
        {
            for (var rest = piece; rest.Length > 0; rest = rest[Math.Min(rest.Length, Window)..])
            {
                var window = rest.Span[..Math.Min(rest.Length, Window)];
                checksum = Crc32C.Append(checksum, window);
                RandomAccess.Write(handle, window, offset);
                offset += window.Length;
            }
        }

        Span<byte> seal = stackalloc byte[SealedValue.SealLength];
        SealedValue.WriteSeal(Crc32C.Combine(Crc32C.Of(Encoding.UTF8.GetBytes(key)), checksum, offset), seal);
        RandomAccess.Write(handle, seal, offset);
        return checksum;
    }

    private static bool TryRead(SafeFileHandle handle, string key, PooledBuffer target)
    {
        var checksum = Crc32C.Of(Encoding.UTF8.GetBytes(key));
        for (var offset = 0L; offset < target.Length;)
        {
            var window = target.From(offset, Window).Span;
            var read = RandomAccess.Read(handle, window, offset);
            if (read == 0)
                return false;
            checksum = Crc32C.Append(checksum, window[..read]);
            offset += read;
        }

        Span<byte> expected = stackalloc byte[SealedValue.SealLength];
        Span<byte> found = stackalloc byte[SealedValue.SealLength];
        SealedValue.WriteSeal(checksum, expected);
        return RandomAccess.Read(handle, found, target.Length) == found.Length && found.SequenceEqual(expected);
    }
}
