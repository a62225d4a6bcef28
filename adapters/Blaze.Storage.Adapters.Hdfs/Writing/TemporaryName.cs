using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.Adapters.Hdfs.Writing;

/// <summary>Names of what is being written; listings leave them out, and Hadoop's own jobs skip what starts with a dot.</summary>
internal static class TemporaryName
{
    private const string Prefix = "._blaze-";
    private const string UploadPrefix = Prefix + "upload-";
    private const int Digits = 32;

    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A name nobody has.</summary>
    public static string New() => Prefix + Random();

    /// <summary>A name nobody has, for an upload to a path.</summary>
    public static string OfUpload(string path) => $"{UploadPrefix}{Hash(path)}-{Random()}";

    /// <summary>Whether <see cref="OfUpload"/> could have given the name for this path.</summary>
    public static bool IsUploadTo(string path, string name)
    {
        var start = $"{UploadPrefix}{Hash(path)}-";
        return name.StartsWith(start, StringComparison.Ordinal) && name.Length == start.Length + Digits && name.Skip(start.Length).All(char.IsAsciiHexDigitLower);
    }

    /// <summary>The one name under which an update of this version of this file may be made ready.</summary>
    public static string OfUpdate(string path, string version) => $"{Prefix}update-{Hash($"{path}\0{version}")}";

    private static string Random() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Digits / 2));
}
