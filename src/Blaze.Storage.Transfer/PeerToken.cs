using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Transfer;

/// <summary>
/// What the workers of a cluster know each other by: at each worker another bearer token, <c>HMAC-SHA256(cluster key, "blaze-peer-v2 host:port")</c> in lowercase
/// hexadecimal digits. It says nothing about the key itself, and whoever was shown one, by a false address in the center for instance, can use it nowhere else.
/// </summary>
public sealed class PeerToken
{
    private const string Purpose = "blaze-peer-v2";
    private const string Scheme = "Bearer";

    // Workers come and go; their tokens are made again in microseconds.
    private const int MostKept = 4_096;

    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> _headers = new(StringComparer.Ordinal);
    private readonly ClusterKey _clusterKey;

    private PeerToken(ClusterKey clusterKey) => _clusterKey = clusterKey;

    /// <summary>The tokens of a cluster.</summary>
    /// <param name="clusterKey">The cluster's secret.</param>
    public static PeerToken Of(ClusterKey clusterKey)
    {
        ArgumentNullException.ThrowIfNull(clusterKey);
        return new PeerToken(clusterKey);
    }

    /// <summary>The Authorization header of requests to a worker.</summary>
    /// <param name="peer">Its address, as its description has it.</param>
    public AuthenticationHeaderValue HeaderFor(Uri peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_headers.TryGetValue(peer.Authority, out var known))
            return known;
        if (_headers.Count >= MostKept)
            _headers.Clear();
        return _headers[peer.Authority] = new AuthenticationHeaderValue(Scheme, Convert.ToHexStringLower(_clusterKey.Derive($"{Purpose} {peer.Authority}")));
    }

    /// <summary>Whether a request's Authorization header is right for a worker at this address; takes equally long wherever it is wrong.</summary>
    public bool Admits(string? authorization, Uri self) =>
        authorization is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), Encoding.ASCII.GetBytes(HeaderFor(self).ToString()));

    /// <summary>Never the token: it would end up in a log.</summary>
    public override string ToString() => "(a token)";
}
