using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files;

/// <summary>Resources as lines of text or JSON, written as they are found; nothing of them is kept.</summary>
/// <param name="output">Where the lines go, as UTF-8.</param>
/// <param name="json">One JSON object per line instead of text.</param>
/// <param name="versions">Whether lines of text tell versions; JSON always does.</param>
internal sealed class ResourceLines(Stream output, bool json, bool versions) : IDisposable
{
    private const int LengthWidth = 8;
    private const int FlushedAt = 64 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _lines = new(FlushedAt);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);
    private int _versionWidth;

    /// <summary>How many resources were written.</summary>
    public long Count { get; private set; }

    /// <summary>Their lengths together, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a line.</summary>
    public void Add(ResourceInfo info)
    {
        Count++;
        Bytes += info.Length;
        if (json)
            AddJson(info);
        else
            Encoding.UTF8.GetBytes(TextOf(info), _lines);
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= FlushedAt)
            Flush();
    }

    /// <summary>Shows what was added until now.</summary>
    public void Flush()
    {
        output.Write(_lines.WrittenSpan);
        output.Flush();
        _lines.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void AddJson(ResourceInfo info)
    {
        _json.Reset(_lines);
        _json.WriteStartObject();
        _json.WriteString("uri", info.Uri.ToString());
        _json.WriteNumber("length", info.Length);
        _json.WriteString("version", info.Version);
        _json.WriteEndObject();
        _json.Flush();
    }

    // The columns grow with what they have to hold: nobody knows what is still to come.
    private string TextOf(ResourceInfo info)
    {
        var length = Units.Bytes(info.Length).PadLeft(LengthWidth);
        if (!versions)
            return $"{length}  {info.Uri.Display}";
        _versionWidth = Math.Max(_versionWidth, info.Version.Length);
        return $"{length}  {info.Version.PadRight(_versionWidth)}  {info.Uri.Display}";
    }
}
