using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// What the workers of a cluster know each other by: the bearer token <c>HMAC-SHA256(cluster key, "blaze-peer-v1")</c> in lowercase
/// hexadecimal digits. It says nothing about the key itself.
/// </summary>
internal sealed class PeerToken
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _header;

    private PeerToken(string header)
    {
        Header = header;
        _header = Encoding.ASCII.GetBytes(header);
    }

    /// <summary>The value of the Authorization header.</summary>
    public string Header { get; }

    /// <summary>The token of a cluster.</summary>
    /// <param name="clusterKey">The cluster's secret; not empty.</param>
    public static PeerToken Of(ReadOnlySpan<byte> clusterKey)
    {
        if (clusterKey.IsEmpty)
            throw new ArgumentException("A cluster's key cannot be empty.", nameof(clusterKey));
        return new PeerToken(Scheme + Convert.ToHexStringLower(HMACSHA256.HashData(clusterKey, "blaze-peer-v1"u8)));
    }

    /// <summary>Whether a request's Authorization header is right; takes equally long wherever it is wrong.</summary>
    public bool Admits(string? authorization) =>
        authorization is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), _header);

    /// <summary>Never the token: it would end up in a log.</summary>
    public override string ToString() => "(a token)";
}
