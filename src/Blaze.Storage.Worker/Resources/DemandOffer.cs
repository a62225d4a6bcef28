using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Worker.Resources;

/// <summary>The demands of which a worker can take calls with one claim: all of them together fit into what it has free.</summary>
/// <param name="Demands">The demands, and how many calls of each.</param>
/// <param name="IsCutShort">Whether others would fit too, but not along with these: they are worth a claim of their own.</param>
/// <param name="Heard">What had been heard of demands until then.</param>
internal sealed record DemandOffer(IReadOnlyList<OfferedDemand> Demands, bool IsCutShort, long Heard)
{
    public static DemandOffer Nothing { get; } = new([], IsCutShort: false, 0);
}
