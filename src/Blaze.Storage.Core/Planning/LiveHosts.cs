using System.Net;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Core.Planning;

/// <summary>
/// The hosts on which workers live, to be found by whatever a store calls them: a name or an address, in full or short, in any case.
/// </summary>
public sealed class LiveHosts
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.OrdinalIgnoreCase);

    // Null where two hosts share a first label, so that it says nothing.
    private readonly Dictionary<string, string?> _byFirstLabel = new(StringComparer.OrdinalIgnoreCase);

    private LiveHosts(IReadOnlyList<LiveHost> all) => All = all;

    /// <summary>The hosts, by name.</summary>
    public IReadOnlyList<LiveHost> All { get; }

    /// <summary>How many tasks they run at once.</summary>
    public int Slots => All.Sum(host => host.Slots);

    /// <summary>The hosts of workers. One whose host cannot name a place is left out.</summary>
    public static LiveHosts Of(IEnumerable<WorkerDescription> workers)
    {
        var byHost = workers.Where(worker => Place.IsValid(worker.Host)).GroupBy(worker => worker.Host, StringComparer.Ordinal)
            .OrderBy(host => host.Key, StringComparer.Ordinal)
            .ToList();
        var hosts = new LiveHosts([.. byHost.Select(host => new LiveHost(host.Key, Math.Max(1, host.Sum(worker => worker.Slots))))]);
        // A host's own name is surer than what another one is called besides.
        foreach (var host in byHost)
            hosts.Know(host.Key, host.Key);
        foreach (var host in byHost)
        {
            foreach (var name in host.SelectMany(worker => worker.HostNames ?? []))
                hosts.Know(name, host.Key);
        }

        return hosts;
    }

    /// <summary>The host that a store calls so, or null where no worker lives on it.</summary>
    public string? Find(string name)
    {
        if (_byName.TryGetValue(Canonical(name), out var host))
            return host;
        if (IsAddress(name))
            return null;
        // A short name stands for a full one, and a full one for a short one, but never for another full one.
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? _byFirstLabel.GetValueOrDefault(name) : _byName.GetValueOrDefault(name[..dot]);
    }

    private void Know(string name, string host)
    {
        _byName.TryAdd(Canonical(name), host);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || IsAddress(name))
            return;
        if (!_byFirstLabel.TryAdd(name[..dot], host) && _byFirstLabel[name[..dot]] != host)
            _byFirstLabel[name[..dot]] = null;
    }

    // An address may be written in more than one way.
    private static string Canonical(string name) => IsAddress(name) ? IPAddress.Parse(name).ToString() : name;

    // A plain number is an address to the parser, and a host's name to everybody else.
    private static bool IsAddress(string name) => name.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(name, out _);
}
