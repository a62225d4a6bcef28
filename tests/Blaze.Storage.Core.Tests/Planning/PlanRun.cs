using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Recipes;

namespace Blaze.Storage.Core.Tests.Planning;

/// <summary>Runs plans as a cluster would, in any order that their dependencies allow, over values kept in memory.</summary>
internal sealed class PlanRun(Extent extent, int taskLevel, Random random)
{
    // Recipes name operations of the catalog; what is folded here stands in for their values.
    private readonly FoldOperation _fold = new(extent.Operation.FinestLevel);

    /// <summary>The stored values, as rows, by key; those that are no cache entries included.</summary>
    public Dictionary<string, IReadOnlyList<ChunkValue>> Values { get; } = [];

    /// <summary>The keys of the values that later questions may find.</summary>
    public HashSet<string> Stored { get; } = [];

    /// <summary>The ranges read from the source.</summary>
    public List<ByteRange> Read { get; } = [];

    public FoldValue Answer(ByteRange range)
    {
        var asked = extent.Over(range);
        var root = RunPlan(PlanOf([asked]));
        return (FoldValue)_fold.Merge(Values[root]);
    }

    public KnownBlocks Known(Extent asked) => new(extent.Operation, Stored
        .Select(key => ChunkKey.TryParse(key, out var parsed) ? parsed : null)
        .Where(key => key?.What == asked.What)
        .Select(key => key!.Range));

    private Plan PlanOf(IReadOnlyList<Extent> extents, string? root = null) =>
        Planner.Of([.. extents.Select(one => (one, Known(one)))], taskLevel, durable: true, seed: 1, root);

    private string RunPlan(Plan plan)
    {
        var waiting = plan.Tasks.ToList();
        var aliases = new HashSet<string>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(task => task.Dependencies.All(key => Values.ContainsKey(key) || aliases.Contains(key))).ToList();
            Assert.NotEmpty(ready);
            var task = ready[random.Next(ready.Count)];
            waiting.Remove(task);
            if (task.Recipe is ExpandRecipe expand)
            {
                RunPlan(PlanOf([.. expand.Extents.Select(Written)], expand.Root));
                aliases.Add(task.Key);
            }
            else
            {
                RunTask(task);
            }
        }

        return plan.Root;
    }

    private void RunTask(PlannedTask task)
    {
        var (rows, stored) = task.Recipe switch
        {
            ChunkRecipe chunk => (ReadChunk(chunk), chunk.Stored),
            MergeRecipe merge => (Merge(merge), merge.Stored),
            _ => throw new InvalidOperationException(task.Recipe.ToString()),
        };
        Values[task.Key] = rows;
        if (stored)
            Stored.Add(task.Key);
    }

    private IReadOnlyList<ChunkValue> ReadChunk(ChunkRecipe recipe)
    {
        var range = new ByteRange(recipe.Extent.Start, recipe.Extent.End);
        Read.Add(range);
        return Block.TryFrom(range, out var block) && block.Level > _fold.FinestLevel
            ? [.. Enumerable.Range(0, Grid.FanOut).Select(index => _fold.Compute(block.Child(index).Range))]
            : [_fold.Compute(range)];
    }

    private IReadOnlyList<ChunkValue> Merge(MergeRecipe recipe)
    {
        var extents = recipe.Extents.Select(Written).ToList();
        var values = recipe.Parts.Select(part => part.Row is { } row
            ? Values[part.StoredKey(extents)][row]
            : _fold.Merge(Values[part.StoredKey(extents)])).ToList();
        return recipe.AsRows ? values : [_fold.Merge(values)];
    }

    private static Extent Written(ExtentRecipe recipe) => recipe.ToExtent();
}
