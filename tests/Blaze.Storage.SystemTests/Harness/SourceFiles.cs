using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>A temporary folder with files to ask about; gone when disposed.</summary>
internal sealed class SourceFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-test-");

    public string Folder => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A file of seeded random bytes, with runs of equal ones in between as real files have.</summary>
    public string Random(string name, long length, int seed)
    {
        var random = new Random(seed);
        using var file = File.Create(PathOf(name));
        var buffer = new byte[1 << 20];
        for (var written = 0L; written < length;)
        {
            random.NextBytes(buffer);
            if (random.Next(4) == 0)
                buffer.AsSpan(random.Next(buffer.Length)).Fill((byte)random.Next(256));
            var part = (int)Math.Min(buffer.Length, length - written);
            file.Write(buffer, 0, part);
            written += part;
        }

        return file.Name;
    }

    /// <summary>The question about one file.</summary>
    public static JobSpec Question(string op, string path, long? start = null, long? end = null, params (string Name, string Value)[] parameters) =>
        new(op, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), [ResourceUri.FromLocalPath(path).ToString()], start, end);

    public void Dispose() => _folder.Delete(recursive: true);
}
