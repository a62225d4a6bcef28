using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Transfer;

/// <summary>
/// What the workers of a cluster know each other by: the bearer token <c>HMAC-SHA256(cluster key, "blaze-peer-v1")</c> in lowercase
/// hexadecimal digits. It says nothing about the key itself.
/// </summary>
public sealed class PeerToken
{
    private const string Purpose = "blaze-peer-v1";
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
    /// <param name="clusterKey">The cluster's secret.</param>
    public static PeerToken Of(ClusterKey clusterKey)
    {
        ArgumentNullException.ThrowIfNull(clusterKey);
        return new PeerToken(Scheme + Convert.ToHexStringLower(clusterKey.Derive(Purpose)));
    }

    /// <summary>Whether a request's Authorization header is right; takes equally long wherever it is wrong.</summary>
    public bool Admits(string? authorization) =>
        authorization is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), _header);

    /// <summary>Never the token: it would end up in a log.</summary>
    public override string ToString() => "(a token)";
}
