namespace Blaze.Storage.Core.Operations;

/// <summary>What an operation makes of a chunk. Immutable once published; merged only through <see cref="Operation.Merge"/>.</summary>
public abstract class ChunkValue;
