using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Blaze.Storage.Worker;

/// <summary>What the machine this process runs on is called.</summary>
internal static class ThisHost
{
    /// <summary>Its full name, where it has a domain, and the addresses of its network interfaces.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. FullName().Concat(Addresses()).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<string> FullName()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        return properties.DomainName is "" or "(none)" ? [properties.HostName] : [properties.HostName, $"{properties.HostName}.{properties.DomainName}"];
    }

    // Loopback and link-local addresses name another machine wherever they are heard.
    private static IEnumerable<string> Addresses() => Interfaces()
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork || !address.IsIPv6LinkLocal)
        .Select(address => address.ToString());

    private static NetworkInterface[] Interfaces()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback)];
        }
        catch (NetworkInformationException)
        {
            // A sandbox may hide them; then the host is known by its name alone.
            return [];
        }
    }
}
