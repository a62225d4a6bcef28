using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Worker.Results;

namespace Blaze.Storage.Worker.Execution;

/// <summary>Computes a chunk from its bytes.</summary>
internal static class ChunkExecutor
{
    /// <summary>Runs a chunk task.</summary>
    public static TaskOutcome Run(ChunkRecipe recipe, ChunkReader reader, CancellationToken cancellationToken)
    {
        var (read, remote) = (reader.BytesRead, reader.BytesRemote);
        var (value, _) = Compute(recipe.Extent.ToExtent(), recipe.Stored, recipe.Durable, reader, cancellationToken);
        return new TaskOutcome.Computed(value, [], reader.BytesRead - read, reader.BytesRemote - remote);
    }

    /// <summary>
    /// Computes the value of one piece of a cover, in the form it is stored in: with a row for each child of a block whose
    /// children are worth caching too, else with one row.
    /// </summary>
    public static (ComputedValue Value, IReadOnlyList<ChunkValue> Rows) Compute(
        Extent extent, bool stored, bool durable, ChunkReader reader, CancellationToken cancellationToken)
    {
        var rows = reader.Read(extent, RowsOf(extent), cancellationToken);
        return (new ComputedValue(extent.Key.ToString(), extent.Operation.Encode(rows), stored, durable), rows);
    }

    private static IEnumerable<ByteRange> RowsOf(Extent extent) =>
        Block.TryFrom(extent.Range, out var block) && block.Level > extent.Operation.FinestLevel
            ? Enumerable.Range(0, Grid.FanOut).Select(index => block.Child(index).Range)
            : [extent.Range];
}
