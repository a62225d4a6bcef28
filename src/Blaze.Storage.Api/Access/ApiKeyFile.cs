using System.Security.Cryptography;

namespace Blaze.Storage.Api.Access;

/// <summary>
/// The file of API keys: JSON, <c>{"keys":[{"name","sha256","scopes":["submit","read","admin"],"sources":["s3://bucket/logs"]}]}</c>. It holds no key, only their hashes,
/// so who reads it can use none.
/// </summary>
public static class ApiKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostBytes = 1 << 20;

    /// <summary>Makes a key and adds it to a file, which is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Who gets it: 1 to 64 letters, digits, '.', '-' or '_'. Keys of one name see each other's jobs.</param>
    /// <param name="scopes">What it is good for.</param>
    /// <param name="sources">URI prefixes where the sources of its jobs must lie; null for anywhere.</param>
    /// <returns>The key. It is nowhere else: keep it.</returns>
    /// <exception cref="ApiException">An argument is not possible, or the file cannot be read or written.</exception>
    public static string Add(string path, string name, Scopes scopes, IReadOnlyList<string>? sources)
    {
        ApiKeyEntry.CheckName(name);
        var text = ApiKey.NewText();
        var key = new ApiKey(name, ApiKey.HashOf(text), ScopeNames.Parse(scopes.ToNames()), sources?.Select(ApiKeyEntry.PrefixOf).ToList());
        var keys = File.Exists(path) ? ReadOne(path) : [];
        Write(path, [.. keys, key]);
        return text;
    }

    /// <summary>The keys of a file or folder, without what would let anybody use them.</summary>
    /// <exception cref="ApiException">It cannot be read.</exception>
    public static IReadOnlyList<ApiKeyInfo> List(string path) =>
        [.. Read(path).Select(key => new ApiKeyInfo(key.Id, key.Name, key.Scopes, key.Sources?.Select(prefix => prefix.ToString()).ToList()))];

    /// <summary>Removes a key by its id; false where there is none such. Servers refuse it within a second.</summary>
    /// <exception cref="ApiException">The file cannot be read or written.</exception>
    public static bool Remove(string path, string id)
    {
        var keys = ReadOne(path);
        var others = keys.Where(key => key.Id != id).ToList();
        if (others.Count < keys.Count)
            Write(path, others);
        return others.Count < keys.Count;
    }

    /// <summary>The keys of a file, or of all files in a folder whose names do not begin with a dot.</summary>
    internal static IReadOnlyList<ApiKey> Read(string path) => Parse(Load(path));

    /// <summary>What is in a file, or in the files of a folder.</summary>
    internal static IReadOnlyList<(string File, byte[] Bytes)> Load(string path)
    {
        try
        {
            var files = Directory.Exists(path)
                ? Directory.EnumerateFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToArray()
                : [path];
            return [.. files.Select(file => (file, ReadBounded(file)))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"The API keys cannot be read from '{path}': {problem.Message.TrimEnd('.')}; make a key with `blaze key new`, or correct the path.", problem);
        }
    }

    /// <summary>The keys in files.</summary>
    internal static IReadOnlyList<ApiKey> Parse(IReadOnlyList<(string File, byte[] Bytes)> files)
    {
        var keys = files.SelectMany(file => ApiKeyDocument.Parse(file.File, file.Bytes).Keys.Select(entry => entry.ToKey(file.File))).ToList();
        return keys.DistinctBy(key => key.Id).Count() == keys.Count ? keys : throw new ApiException("A key is there twice in the key files; remove one of the entries.");
    }

    private static IReadOnlyList<ApiKey> ReadOne(string path) =>
        Directory.Exists(path) ? throw new ApiException($"'{path}' is a folder; name the key file in it that is to be changed.") : Read(path);

    private static byte[] ReadBounded(string file)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length > MostBytes)
            throw new ApiException($"The key file '{file}' has {stream.Length} bytes; {MostBytes} are the most.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Whole or not at all: a server may be reading it.
    private static void Write(string path, IReadOnlyList<ApiKey> keys)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(new ApiKeyDocument([.. keys.Select(ApiKeyEntry.Of)]).ToBytes());
                file.Flush(flushToDisk: true);
            }

            // Whoever was let read it still may.
            if (File.Exists(path))
                File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new ApiException($"The key file '{path}' cannot be written: {problem.Message.TrimEnd('.')}.", problem);
        }
    }
}

/// <summary>What a list of keys shows.</summary>
/// <param name="Id">The first digits of its hash.</param>
/// <param name="Name">Who has it.</param>
/// <param name="Scopes">What it is good for.</param>
/// <param name="Sources">Where the sources of its jobs must lie; null for anywhere.</param>
public sealed record ApiKeyInfo(string Id, string Name, Scopes Scopes, IReadOnlyList<string>? Sources);
