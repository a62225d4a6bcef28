using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Center.Tasks;

/// <summary>A demand of which a worker can take tasks now.</summary>
/// <param name="Demand">What each of them takes.</param>
/// <param name="Most">How many it can take; 1 or more.</param>
public sealed record OfferedDemand(CallDemand Demand, int Most);
