using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>The keys that open this server.</summary>
internal sealed class KeyRing
{
    private readonly Reloaded<IReadOnlyList<ApiKey>> _keys;

    /// <summary>Reads the keys.</summary>
    /// <exception cref="ApiException">They cannot be read.</exception>
    public KeyRing(string path, TimeProvider time, ILogger logger) =>
        _keys = new Reloaded<IReadOnlyList<ApiKey>>("API keys", () => ApiKeyFile.Load(path), ApiKeyFile.Parse, time, logger);

    /// <summary>The key of this text, or null. Every key is compared, each in the same time, so that the time tells nothing of how near a guess was.</summary>
    public ApiKey? Find(string text)
    {
        if (text.Length > ApiKey.LongestText)
            return null;
        var hash = ApiKey.HashOf(text);
        ApiKey? found = null;
        foreach (var key in _keys.Current)
            found = CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : found;
        return found;
    }
}
