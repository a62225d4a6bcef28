using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// The secret that the clients and workers of a cluster share. It signs shipped code, and what else needs a secret is derived
/// from it. It is never written anywhere: not into messages, logs or the center.
/// </summary>
public sealed class ClusterKey
{
    /// <summary>The least number of bytes a key has.</summary>
    public const int MinLength = 16;

    private readonly byte[] _key;

    private ClusterKey(byte[] key) => _key = key;

    /// <summary>
    /// Reads a key written in hexadecimal digits or base64 (the URL form too, with or without padding). Text that is both is hexadecimal.
    /// </summary>
    /// <exception cref="BlazeException">The text is neither, or stands for fewer than 16 bytes. The message never shows the text.</exception>
    public static ClusterKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = Decode(text.Trim())
            ?? throw new BlazeException("The cluster key is neither hexadecimal nor base64; make one with: openssl rand -hex 32");
        if (key.Length < MinLength)
            throw new BlazeException($"The cluster key has {key.Length} bytes, but needs at least {MinLength}; make one with: openssl rand -hex 32");
        return new ClusterKey(key);
    }

    /// <summary>A secret for one purpose, so that who learns it learns no other: HMAC-SHA256 of the key over the purpose, 32 bytes.</summary>
    /// <param name="purpose">What it is for, with a version: <c>blaze-peer-v2 10.0.0.7:40123</c>.</param>
    public byte[] Derive(string purpose) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(purpose));

    /// <summary>Writes HMAC-SHA256 of the key over a message, 32 bytes.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => HMACSHA256.HashData(_key, message, signature);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => "ClusterKey";

    private static byte[]? Decode(string text)
    {
        if (text.Length % 2 == 0 && text.Length > 0 && text.All(char.IsAsciiHexDigit))
            return Convert.FromHexString(text);
        var urlForm = text.Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(urlForm) ? Base64Url.DecodeFromChars(urlForm) : null;
    }
}
