using System.Text;

namespace Blaze.Storage.Transfer;

/// <summary>
/// Where values are: <c>/v1/data/{key}</c>, the key's UTF-8 bytes percent-encoded where they are not letters, digits or one of <c>-._~</c>.
/// A key is a name in a dictionary, never a path: <c>..</c> and <c>/</c> mean nothing in it.
/// </summary>
public static class DataPath
{
    /// <summary>The list of values.</summary>
    public const string List = "/v1/data";

    /// <summary>The longest key in bytes.</summary>
    public const int LongestKey = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The address of a key at a worker.</summary>
    public static Uri Of(Uri peer, string key) => Raw(peer, $"{List}/{Uri.EscapeDataString(key)}");

    /// <summary>An address whose path stays as it is: what is ordinarily cleaned up, such as dots, belongs to keys here.</summary>
    public static Uri Raw(Uri peer, string pathAndQuery) =>
        new($"{peer.Scheme}://{peer.Authority}{pathAndQuery}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Splits a request's target as it was sent into its path and query.</summary>
    public static (string Path, string Query) Split(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[mark..]);
    }

    /// <summary>Reads the key out of the part of a path that follows <see cref="List"/> and a slash.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(ReadOnlySpan<char> encoded, out string key)
    {
        key = "";
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] != '%')
            {
                if (!char.IsAscii(encoded[at]))
                    return "the key has a character that must be percent-encoded";
                bytes[length++] = (byte)encoded[at];
                continue;
            }

            if (at + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[at + 1]) || !char.IsAsciiHexDigit(encoded[at + 2]))
                return "the key has a '%' without two hexadecimal digits";
            bytes[length++] = Convert.FromHexString(encoded.Slice(at + 1, 2))[0];
            at += 2;
        }

        if (length is 0 or > LongestKey)
            return $"a key has 1 to {LongestKey} bytes, not {length}";
        try
        {
            key = Strict.GetString(bytes.AsSpan(0, length));
        }
        catch (DecoderFallbackException)
        {
            return "the key is not UTF-8";
        }

        return key.Any(char.IsControl) ? "the key has a control character" : null;
    }
}
