using System.Text.Json;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>What is remembered of one copy: the upload that has its parts. One that was not written to its end says nothing.</summary>
internal sealed class CopyJournal : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Takes over an open file.</summary>
    public CopyJournal(string path, FileStream file)
    {
        _path = path;
        _file = file;
        Upload = Read(file);
    }

    /// <summary>The upload's id; null where none was begun.</summary>
    public string? Upload { get; private set; }

    /// <summary>Notes that an upload was begun.</summary>
    public void Begin(ResourceInfo source, ResourceUri target, string upload)
    {
        try
        {
            _file.SetLength(0);
            using (var json = new Utf8JsonWriter(_file))
            {
                json.WriteStartObject();
                json.WriteString("source", source.Uri.ToString());
                json.WriteString("version", source.Version);
                json.WriteString("target", target.ToString());
                json.WriteString("upload", upload);
                json.WriteEndObject();
            }

            _file.Flush();
            Upload = upload;
        }
        catch (IOException failure)
        {
            throw new CopyException($"It cannot be noted in {_path} how far a copy has come: {failure.Message}", failure);
        }
    }

    /// <summary>The copy has ended for good.</summary>
    public void Remove()
    {
        Upload = null;
        File.Delete(_path);
    }

    /// <summary>Removes the journal where nothing was begun, and lets go of it.</summary>
    public void Dispose()
    {
        if (Upload is null)
            File.Delete(_path);
        _file.Dispose();
    }

    private static string? Read(FileStream file)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            return json.RootElement.TryGetProperty("upload", out var upload) ? upload.GetString() : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
