using System.Text.Json;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>How far a command's copies have come. Safe for use by several threads.</summary>
internal sealed class CopyTotals
{
    private long _files;
    private long _skipped;
    private long _failed;
    private long _bytes;
    private long _resumed;

    /// <summary>The length of the only file that is copied; null where there may be more.</summary>
    public long? Length { get; set; }

    /// <summary>Files copied.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Files that were there already.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Files, or sources, that could not be copied.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Bytes copied by this command.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes that an earlier command had copied.</summary>
    public long Resumed => Interlocked.Read(ref _resumed);

    public void AddFile() => Interlocked.Increment(ref _files);

    public void AddSkipped() => Interlocked.Increment(ref _skipped);

    public void AddFailed() => Interlocked.Increment(ref _failed);

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void AddResumed(long bytes) => Interlocked.Add(ref _resumed, bytes);

    /// <summary>What was done, in a line.</summary>
    public string Text(TimeSpan time)
    {
        var rate = time > TimeSpan.Zero ? $" ({Units.Bytes(Bytes / time.TotalSeconds)}/s)" : "";
        var text = $"Copied {Files} {(Files == 1 ? "file" : "files")}, {Units.Bytes(Bytes)} in {Units.Duration(time)}{rate}";
        if (Resumed > 0)
            text += $"; {Units.Bytes(Resumed)} were there from before";
        if (Skipped > 0)
            text += $"; {Skipped} skipped";
        return Failed > 0 ? text + $"; {Failed} failed" : text;
    }

    /// <summary><c>files, skipped, failed, bytes, resumed, seconds</c>.</summary>
    public void Write(Utf8JsonWriter json, TimeSpan time)
    {
        json.WriteNumber("files", Files);
        json.WriteNumber("skipped", Skipped);
        json.WriteNumber("failed", Failed);
        json.WriteNumber("bytes", Bytes);
        json.WriteNumber("resumed", Resumed);
        json.WriteNumber("seconds", Math.Round(time.TotalSeconds, 3));
    }
}
