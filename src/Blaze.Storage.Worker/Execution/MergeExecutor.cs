using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Worker.Results;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Execution;

/// <summary>
/// Merges values. An input that is gone or damaged is computed again from its bytes and stored again; only the value of another
/// merge, which has no bytes of its own, has to be asked for again.
/// </summary>
internal sealed class MergeExecutor(ResultStore results)
{
    // Inputs are fetched a few at a time: what is held are the 16 rows of a block, or one value, and the stored forms of about
    // this many bytes.
    private const long PageBytes = 4 << 20;
    private const int LongestPage = 64;

    /// <summary>Runs a merge task on a thread that has a slot, which it gives away while inputs are fetched.</summary>
    public TaskOutcome Run(string key, MergeRecipe recipe, ChunkReader reader, SlotGate gate, CancellationToken cancellationToken)
    {
        var extents = recipe.Extents.Select(extent => extent.ToExtent()).ToList();
        var operation = extents[0].Operation;
        var (read, remote) = (reader.BytesRead, reader.BytesRemote);
        var values = new List<ChunkValue>(recipe.Parts.Count);
        var repaired = new List<ComputedValue>();
        var lost = new List<string>();
        foreach (var page in recipe.Parts.Chunk(PageLength(operation)))
        {
            var inputs = gate.Await(FetchAsync(page, extents, recipe.Durable, cancellationToken));
            foreach (var part in page)
            {
                var name = part.StoredKey(extents);
                if (inputs[name] is null && part.Key is not null)
                {
                    lost.Add(name);
                    continue;
                }

                var rows = inputs[name] ??= Repair(extents[part.Extent].Over(part.StoredRange()), recipe.Durable, reader, repaired, cancellationToken);
                values.Add(part.Row is { } row ? rows[row] : operation.Merge(rows));
            }

            // Merging is a fold from the left, so that what is merged already stands for its parts, bit for bit.
            if (!recipe.AsRows && values.Count > 1)
                values = [operation.Merge(values)];
        }

        if (lost.Count > 0)
            return new TaskOutcome.LostInputs([.. lost.Select(name => new LostValue(name, null))]);
        var body = operation.Encode(recipe.AsRows ? values : [operation.Merge(values)]);
        return new TaskOutcome.Computed(
            new ComputedValue(key, body, recipe.Stored, recipe.Durable), repaired, reader.BytesRead - read, reader.BytesRemote - remote);
    }

    private static int PageLength(Operation operation) =>
        (int)Math.Clamp(PageBytes / (Grid.FanOut * operation.ResultSize(Grid.SizeOf(operation.FinestLevel))), 1, LongestPage);

    private async Task<Dictionary<string, IReadOnlyList<ChunkValue>?>> FetchAsync(
        MergePart[] parts, IReadOnlyList<Extent> extents, bool durable, CancellationToken cancellationToken)
    {
        var named = parts.DistinctBy(part => part.StoredKey(extents)).ToList();
        var bodies = await results.GetAsync([.. named.Select(part => part.StoredKey(extents))], durable, cancellationToken);
        return named.Zip(bodies).ToDictionary(
            pair => pair.First.StoredKey(extents),
            pair => pair.Second is { } body ? Decode(extents[pair.First.Extent].Operation, pair.First, body) : null);
    }

    // A value that does not have the form its name promises is as good as none.
    private static IReadOnlyList<ChunkValue>? Decode(Operation operation, MergePart part, ReadOnlyMemory<byte> body)
    {
        try
        {
            var rows = operation.Decode(body.Span);
            return part.Row is null || rows.Count == Grid.FanOut ? rows : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static IReadOnlyList<ChunkValue> Repair(
        Extent extent, bool durable, ChunkReader reader, List<ComputedValue> repaired, CancellationToken cancellationToken)
    {
        var cover = Grid.Cover(extent.Range, extent.Operation.FinestLevel);
        if (cover.Count == 1)
        {
            var (value, rows) = ChunkExecutor.Compute(extent, stored: true, durable, reader, cancellationToken);
            repaired.Add(value);
            return rows;
        }

        // A whole range that was merged from pieces: merged again from them, in the same order.
        var pieces = cover
            .Select(piece => ChunkExecutor.Compute(extent.Over(piece.Range), stored: false, durable, reader, cancellationToken).Rows)
            .Select(extent.Operation.Merge)
            .ToList();
        IReadOnlyList<ChunkValue> merged = [extent.Operation.Merge(pieces)];
        repaired.Add(new ComputedValue(extent.Key.ToString(), extent.Operation.Encode(merged), Stored: true, durable));
        return merged;
    }
}
