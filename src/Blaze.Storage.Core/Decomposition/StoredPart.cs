using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Decomposition;

/// <summary>Where the value of a range lies.</summary>
/// <param name="Range">The range under whose name a value is stored.</param>
/// <param name="Row">The row of the stored value, or null for the merge of its rows.</param>
public readonly record struct StoredPart(ByteRange Range, int? Row);
