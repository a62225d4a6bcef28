using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Worker.Data;

/// <summary>
/// A value in use: until it is disposed of, its bytes stay where they are, even when the key is deleted or gets another value.
/// </summary>
internal sealed class ValueLease : IDisposable
{
    private readonly DataEntry _entry;
    private DataStore? _store;

    internal ValueLease(DataStore store, DataEntry entry, string? file)
    {
        _store = store;
        _entry = entry;
        File = file;
        Value = file is null ? new Value(entry.Format, entry.Bytes) : new Value(entry.Format, default(ReadOnlyMemory<byte>));
    }

    /// <summary>The key.</summary>
    public string Key => _entry.Key;

    /// <summary>The format's name.</summary>
    public string Format => _entry.Format;

    /// <summary>The number of bytes.</summary>
    public long Length => _entry.Length;

    /// <summary>The value; without bytes where they are in a file.</summary>
    public Value Value { get; }

    /// <summary>The file that begins with the bytes, where they are not in memory.</summary>
    public string? File { get; }

    /// <summary>The CRC-32C of the bytes. Computed when it is asked for first, unless the value came with it.</summary>
    public uint Checksum => _entry.Checksum ??= Crc32C.Of(Value.Bytes);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _store, null)?.Release(_entry);
}
