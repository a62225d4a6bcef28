using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Planning;

/// <summary>Says at which hosts chunks are best computed, after their stores were asked where the bytes lie.</summary>
public sealed class Placement
{
    private const int MostPlaces = 3;

    // Who holds a little less than the best is as good; who holds half would read the other half from afar.
    private const double GoodEnough = 0.9;

    private readonly LiveHosts _hosts;
    private readonly Dictionary<ResourceUri, Held[]> _held = [];

    /// <summary>Without places: wherever bytes lie, they are read by whoever comes first.</summary>
    public static readonly Placement None = new(LiveHosts.Of([]), []);

    /// <param name="hosts">The hosts with workers; with fewer than two of them no chunk prefers any.</param>
    /// <param name="located">What the stores said of each resource: parts in order. A resource that is left out lies nowhere in particular.</param>
    public Placement(LiveHosts hosts, IReadOnlyCollection<KeyValuePair<ResourceUri, IReadOnlyList<LocatedRange>>> located)
    {
        _hosts = hosts;
        foreach (var (uri, parts) in located)
            _held[uri] = [.. parts.Select(part => new Held(part.Range, [.. part.Hosts.Select(hosts.Find).OfType<string>().Distinct()])).Where(part => part.Hosts.Length > 0)];
    }

    /// <summary>
    /// The hosts at which a chunk is best computed, best first: those that hold most of its bytes, at most three. Where no worker's host
    /// holds any, the one where its bytes meet (<see cref="Rendezvous"/>). Empty where it does not matter.
    /// </summary>
    public IReadOnlyList<string> PlacesOf(Extent chunk)
    {
        if (_hosts.All.Count < 2 || chunk.Range.IsEmpty)
            return [];
        var bytes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var resource in chunk.Resources)
        {
            if (_held.TryGetValue(resource.Uri, out var parts))
                Count(parts, chunk.Range, bytes);
        }

        if (bytes.Count == 0)
            return [Rendezvous.Choose(chunk.Resources[0].Hash, chunk.Range.Start, _hosts.All)];
        var most = bytes.Values.Max();
        // Equally good ones stay in the order the store gave them.
        return [.. bytes.Where(host => host.Value >= GoodEnough * most).OrderByDescending(host => host.Value).Take(MostPlaces).Select(host => host.Key)];
    }

    private static void Count(Held[] parts, ByteRange range, Dictionary<string, long> bytes)
    {
        for (var index = FirstEndingAfter(parts, range.Start); index < parts.Length && parts[index].Range.Start < range.End; index++)
        {
            var length = parts[index].Range.Intersect(range).Length;
            foreach (var host in parts[index].Hosts)
                bytes[host] = bytes.GetValueOrDefault(host) + length;
        }
    }

    private static int FirstEndingAfter(Held[] parts, long offset)
    {
        var (low, high) = (0, parts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (parts[middle].Range.End > offset)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private readonly record struct Held(ByteRange Range, string[] Hosts);
}
