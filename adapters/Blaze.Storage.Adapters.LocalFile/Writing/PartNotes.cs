using System.Globalization;
using System.Text;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>
/// What is known of the parts in a staged file, kept beside it so that it survives the writer: a line that says what is written
/// and since when its bytes are in memory, then a line <c>number start_end</c> for every part, appended after the part's bytes. A line without
/// its end was never finished; of two lines for one part the later one counts. Not safe for use by several threads.
/// </summary>
internal sealed class PartNotes : IDisposable
{
    private const string Format = "blaze-parts 1";
    private const int LongestNotes = 64 * 1024 * 1024;
    private readonly SafeFileHandle _file;
    private readonly ResourceUri _target;
    private readonly byte[] _path;
    private long _end;

    private PartNotes(SafeFileHandle file, ResourceUri target, byte[] path)
    {
        _file = file;
        _target = target;
        _path = path;
    }

    private static ReadOnlySpan<byte> NameEnd => ".parts"u8;

    /// <summary>The notes that belong to a staged file.</summary>
    public static byte[] PathOf(ReadOnlySpan<byte> stagedPath) => [.. stagedPath[..^1], .. NameEnd, 0];

    /// <summary>The staged file whose notes this is; null where the name is none of notes.</summary>
    public static byte[]? StagedPathOf(ReadOnlySpan<byte> path) => path[..^1].EndsWith(NameEnd) ? [.. path[..^(NameEnd.Length + 1)], 0] : null;

    /// <summary>Begins the notes of a new staged file.</summary>
    /// <param name="target">What is written.</param>
    /// <param name="path">Where the notes go.</param>
    /// <param name="flushedToDisk">Whether each part is on the disk before it is noted.</param>
    public static PartNotes Create(ResourceUri target, byte[] path, bool flushedToDisk)
    {
        var notes = Open(target, path, LibC.OpenCreate | LibC.OpenExclusive);
        try
        {
            notes.Append($"{Format} {(flushedToDisk ? "disk" : MachineStart.Id)} {NameOf(target)}\n");
            return notes;
        }
        catch
        {
            notes.Remove();
            notes.Dispose();
            throw;
        }
    }

    /// <summary>Reads the notes of a staged file.</summary>
    /// <param name="target">What must be written by it.</param>
    /// <param name="path">Where the notes are.</param>
    /// <param name="parts">The parts' places.</param>
    /// <returns>
    /// The notes, to be gone on with; null where there are none, they are about something else, or the machine was started
    /// again since and may have lost bytes that were never flushed.
    /// </returns>
    public static PartNotes? Read(ResourceUri target, byte[] path, out Dictionary<int, ByteRange> parts)
    {
        parts = [];
        if (FileStatus.Of(path, followLinks: false, out var status) != 0 || !status.IsRegular || status.Length > LongestNotes)
            return null;
        var notes = Open(target, path, 0);
        try
        {
            if (notes.TryRead(status.Length, parts))
                return notes;
        }
        catch
        {
            notes.Dispose();
            throw;
        }

        notes.Dispose();
        return null;
    }

    /// <summary>Notes a part whose bytes are written.</summary>
    public void Append(int number, ByteRange range) => Append(string.Create(CultureInfo.InvariantCulture, $"{number} {range}\n"));

    /// <summary>Removes the notes; where that fails they are swept later.</summary>
    public void Remove() => _ = FileCalls.Unlink(_path);

    public void Dispose() => _file.Dispose();

    private static PartNotes Open(ResourceUri target, byte[] path, int flags)
    {
        var error = FileCalls.Open(path, LibC.OpenReadWrite | flags, StagedFile.FileMode, out var file);
        if (error == 0)
            return new PartNotes(file, target, path);
        file.Dispose();
        throw LocalErrors.Writing(error, target);
    }

    private static string NameOf(ResourceUri target) => target.EncodedPath[(target.EncodedPath.LastIndexOf('/') + 1)..];

    private static bool IsHeader(string line, ResourceUri target) =>
        line == $"{Format} disk {NameOf(target)}" || line == $"{Format} {MachineStart.Id} {NameOf(target)}";

    private static void Take(string line, Dictionary<int, ByteRange> parts)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && ByteRange.TryParse(line.AsSpan(space + 1), out var range))
        {
            parts[number] = range;
        }
    }

    private bool TryRead(long length, Dictionary<int, ByteRange> parts)
    {
        var text = ReadText(length);
        var lines = text.Split('\n');
        if (lines.Length < 2 || !IsHeader(lines[0], _target))
            return false;
        foreach (var line in lines[1..^1])
            Take(line, parts);

        // A line without its end is written over by the next one.
        _end = text.LastIndexOf('\n') + 1;
        return true;
    }

    private string ReadText(long length)
    {
        var bytes = new byte[length];
        try
        {
            var read = RandomAccess.Read(_file, bytes, 0);
            return Encoding.ASCII.GetString(bytes, 0, read);
        }
        catch (IOException failure)
        {
            throw LocalErrors.Reading(failure, _target);
        }
    }

    // A line that could not be written whole is written over by the next one.
    private void Append(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line);
        try
        {
            RandomAccess.Write(_file, bytes, _end);
            _end += bytes.Length;
        }
        catch (IOException failure)
        {
            throw LocalErrors.Writing(failure, _target);
        }
    }
}
