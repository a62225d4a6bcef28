using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Api.Access;

/// <summary>An API key, as far as a server knows it: its hash and what it is good for.</summary>
/// <param name="Name">Who has it. Several keys may have one name: what one of them submitted the others may see, so a key can be replaced.</param>
/// <param name="Hash">SHA-256 of the key's text.</param>
/// <param name="Scopes">What it is good for.</param>
/// <param name="Sources">Where the sources of its jobs must lie; null for anywhere.</param>
internal sealed record ApiKey(string Name, byte[] Hash, Scopes Scopes, IReadOnlyList<UriPrefix>? Sources)
{
    /// <summary>The longest text that can be a key; more is not worth hashing.</summary>
    public const int LongestText = 256;

    // Tells people, and programs that look for secrets where none should be, what the text is.
    private const string Mark = "blaze_";
    private const int RandomBytes = 32;
    private const int IdDigits = 8;

    /// <summary>By what a list shows it, and how it is removed: the first digits of its hash.</summary>
    public string Id => Convert.ToHexStringLower(Hash)[..IdDigits];

    /// <summary>A new key's text: 256 random bits.</summary>
    public static string NewText() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>
    /// The hash under which a key is known. One round of SHA-256 is enough: slow hashes make up for guessable passwords, and 256 random bits cannot be
    /// guessed at any speed.
    /// </summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
