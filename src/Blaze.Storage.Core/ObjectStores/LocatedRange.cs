using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Where a part of a resource lies.</summary>
/// <param name="Range">The part's bytes.</param>
/// <param name="Hosts">The hosts that hold all of them, names or addresses as the store knows them, best first.</param>
public sealed record LocatedRange(ByteRange Range, IReadOnlyList<string> Hosts);
