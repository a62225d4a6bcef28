using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.Core.Keys;

/// <summary>
/// The identity of one version of a resource: 32 lowercase hexadecimal digits, the first half of the SHA-256 of its canonical
/// URI and the version its store gives it. A resource that changes gets a new hash, so nothing stale can be found under it.
/// </summary>
public readonly record struct ResourceHash
{
    private const int Length = 32;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private readonly string? _text;

    private ResourceHash(string text) => _text = text;

    /// <summary>The hash of a resource.</summary>
    /// <param name="uri">The canonical URI, scheme included.</param>
    /// <param name="version">The version token of the store; for a local file device, inode, modification time and length.</param>
    public static ResourceHash Of(string uri, string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        ArgumentException.ThrowIfNullOrEmpty(version);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(uri + "\n" + version), digest);
        return new ResourceHash(Convert.ToHexStringLower(digest[..(Length / 2)]));
    }

    /// <summary>Reads 32 lowercase hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ResourceHash hash)
    {
        var valid = text.Length == Length && !text.ContainsAnyExcept(Digits);
        hash = valid ? new ResourceHash(text.ToString()) : default;
        return valid;
    }

    /// <summary>The 32 digits.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("The hash was never set.");
}
