using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>Knows by which names and addresses data nodes on this host go.</summary>
internal sealed class ThisHost(HdfsOptions options)
{
    private readonly Lazy<HashSet<string>> _names = new(() => Names(options));

    /// <summary>Whether a node with this name or address is on this host.</summary>
    public bool Is(string host) => _names.Value.Contains(host)
        || (options.LocalAddress is null && options.HostNames is null && IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static HashSet<string> Names(HdfsOptions options)
    {
        IEnumerable<string> names = options switch
        {
            { LocalAddress: { } address } => [address, .. options.HostNames ?? []],
            { HostNames: { } given } => given,
            _ => ["localhost", Dns.GetHostName(), .. FullName(), .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(Addresses)],
        };
        return new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
    }

    // A host whose own name no server knows has no full name.
    private static string[] FullName()
    {
        try
        {
            return [Dns.GetHostEntry(Dns.GetHostName()).HostName];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Addresses(NetworkInterface card) => card.GetIPProperties().UnicastAddresses.Select(each => each.Address.ToString());
}
