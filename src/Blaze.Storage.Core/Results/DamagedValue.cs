using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Core.Results;

/// <summary>A stored value that could not be used and will be computed again.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record DamagedValue(ChunkKey Key, string Reason);
