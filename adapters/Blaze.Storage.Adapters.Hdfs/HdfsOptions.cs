using System.Net;
using Blaze.Storage.Core;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>How HDFS clusters are reached, through WebHDFS or HttpFS.</summary>
public sealed record HdfsOptions
{
    /// <summary>
    /// Clusters with several name nodes: the logical name that locations carry as their host, and the name nodes behind it as
    /// <c>host</c> or <c>host:port</c> (their HTTP ports). A host that is no name here is a name node of its own.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NameServices { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Who asks, where the cluster believes it (<c>user.name</c>); null for the cluster's default user.</summary>
    public string? User { get; init; }

    /// <summary>A delegation token, in the cluster's URL-safe text. A secret: sent to name nodes only, and in no message or log.</summary>
    public string? DelegationToken { get; init; }

    /// <summary>Whether to answer a name node's Negotiate challenge with this process's Kerberos tickets.</summary>
    public bool Kerberos { get; init; }

    /// <summary>A PEM file with the certificates to trust instead of the system's, or null.</summary>
    public string? CaBundle { get; init; }

    /// <summary>
    /// The address of this host that all connections start from, so that the cluster sees by it which data node is near. When set,
    /// only data nodes at it (and at <see cref="HostNames"/>, where those are given) count as this host. Null for any address.
    /// </summary>
    public string? LocalAddress { get; init; }

    /// <summary>The names and addresses by which data nodes on this host are known; null for the host's name, its full name and its addresses.</summary>
    public IReadOnlyList<string>? HostNames { get; init; }

    /// <summary>How long a connection may take to be made; 10 s unless told.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer or a transfer may stand still before it is given up; 30 s unless told.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes in one read request, 64 KiB to 1 GiB; 8 MiB unless told.</summary>
    public int ReadSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>These options, known to be usable.</summary>
    /// <exception cref="BlazeException">They are not; a sentence for each mistake.</exception>
    public HdfsOptions Validated()
    {
        var mistakes = Mistakes().ToList();
        return mistakes.Count == 0 ? this : throw new BlazeException(string.Join(' ', mistakes));
    }

    /// <summary>The type's name: the values hold a secret.</summary>
    public override string ToString() => nameof(HdfsOptions);

    private IEnumerable<string> Mistakes()
    {
        foreach (var (name, hosts) in NameServices)
        {
            if (!IsName(name))
                yield return $"The HDFS name service '{name}' cannot be the host of a location; use letters, digits, '.', '-' and '_'.";
            if (hosts.Count == 0)
                yield return $"The HDFS name service '{name}' has no name node; list them as host:port, separated by commas.";
            foreach (var host in hosts.Where(host => !WebHdfs.HostAndPort.TryParse(host, out _, out _)))
                yield return $"'{host}' cannot be a name node of the HDFS name service '{name}'; write host or host:port.";
        }

        if (User is not null && (User.Length == 0 || User.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))))
            yield return "The HDFS user is empty or holds white space; give a plain user name or none.";
        if (DelegationToken is not null && (DelegationToken.Length == 0 || DelegationToken.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '=' or '+' or '/'))))
            yield return "The HDFS delegation token is empty or not in its URL-safe text; give it as the cluster did.";
        if (DelegationToken is not null && Kerberos)
            yield return "HDFS can use a delegation token or Kerberos, not both; leave one out.";
        if (CaBundle is not null && !File.Exists(CaBundle))
            yield return $"The file with certificates for HDFS, '{CaBundle}', does not exist; give the path of a PEM file.";
        if (LocalAddress is not null && !IPAddress.TryParse(LocalAddress, out _))
            yield return $"The local address for HDFS, '{LocalAddress}', is not an IP address; give one that this host has.";
        if (HostNames is not null && HostNames.Any(string.IsNullOrWhiteSpace))
            yield return "One of the host names for HDFS is empty; list the names that data nodes on this host have.";
        if (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > TimeSpan.FromHours(1))
            yield return "The HDFS connect timeout must be above zero and at most an hour.";
        if (IdleTimeout <= TimeSpan.Zero || IdleTimeout > TimeSpan.FromHours(1))
            yield return "The HDFS idle timeout must be above zero and at most an hour.";
        if (ReadSize is < 64 * 1024 or > 1024 * 1024 * 1024)
            yield return "The HDFS read size must be between 64 KiB and 1 GiB.";
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
