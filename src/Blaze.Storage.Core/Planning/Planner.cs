using System.Security.Cryptography;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Recipes;

namespace Blaze.Storage.Core.Planning;

/// <summary>
/// Turns extents into tasks: a chunk task for each block that is not known, a merge for each block above them, one for each
/// extent, and one over all extents. The tree of blocks is the reduction tree, so the order of merging, and with it every bit of
/// a floating-point result, is fixed by the grid alone: neither the size of the tasks nor what was known changes it.
/// </summary>
public sealed class Planner
{
    /// <summary>A plan expands at most about this many blocks; larger ones stand as one task each that expands when it is claimed.</summary>
    public const int MostBlocks = 1024;

    /// <summary>A plan expands at most this many extents; more are planned in groups of so many, each when it is its turn.</summary>
    public const int MostExtents = 256;

    private readonly int _taskLevel;
    private readonly int _expandLevel;
    private readonly bool _durable;
    private readonly Placement _placement;
    private readonly List<PlannedTask> _leaves = [];
    private readonly List<PlannedTask> _merges = [];
    private readonly List<FeedEntry> _known = [];
    private long _knownBytes;

    private Planner(int taskLevel, long totalBytes, bool durable, Placement placement)
    {
        _taskLevel = taskLevel;
        _expandLevel = taskLevel;
        while (totalBytes / Grid.SizeOf(_expandLevel) > MostBlocks)
            _expandLevel++;
        _durable = durable;
        _placement = placement;
    }

    /// <summary>Plans the merge of the values of <paramref name="extents"/>, in order.</summary>
    /// <param name="extents">The extents, each with what is known of it.</param>
    /// <param name="taskLevel">The level of the blocks that one task computes (<see cref="TaskLevel"/>).</param>
    /// <param name="durable">Whether the tasks use the durable cache.</param>
    /// <param name="seed">Fixes the random order of the chunks.</param>
    /// <param name="root">The name of the value, where it must have one that is known before planning.</param>
    /// <param name="placement">Where chunks are best computed; null for anywhere.</param>
    public static Plan Of(IReadOnlyList<(Extent Extent, KnownBlocks Known)> extents, int taskLevel, bool durable, int seed, string? root = null, Placement? placement = null)
    {
        var planner = new Planner(taskLevel, extents.Sum(extent => extent.Extent.Range.Length), durable, placement ?? Placement.None);
        var nodes = extents.Select(extent => planner.PlanExtent(extent.Extent, extent.Known)).ToList();
        root = nodes is [{ Part.Row: null } only]
            ? only.Key
            : planner.AddMerge(root, [.. extents.Select(extent => extent.Extent)], [.. nodes.Select((node, index) => node with { Part = node.Part with { Extent = index } })], false, false);
        return new Plan([.. StratifiedOrder.Of(planner._leaves, seed), .. planner._merges], root, planner._known, planner._knownBytes);
    }

    /// <summary>Plans the merge of groups of extents that are each expanded when it is their turn, in random order.</summary>
    public static Plan OfGroups(IReadOnlyList<IReadOnlyList<Extent>> groups, int taskLevel, bool durable, int seed)
    {
        var planner = new Planner(taskLevel, 0, durable, Placement.None);
        var nodes = groups.Select(planner.AddGroup).ToList();
        var root = planner.AddMerge(null, [groups[0][0]], nodes, false, false);
        return new Plan([.. StratifiedOrder.Of(planner._leaves, seed), .. planner._merges], root, [], 0);
    }

    /// <summary>
    /// The plan with one more task, whose value is that of the root under a name that no cache keeps, so that it lies in the center:
    /// whoever asked need not have the durable cache of those who computed.
    /// </summary>
    /// <param name="plan">A plan whose root is the value of <paramref name="extent"/>, made by one of its tasks.</param>
    /// <param name="extent">What was asked.</param>
    public static Plan WithAnswerInCenter(Plan plan, Extent extent)
    {
        var recipe = new MergeRecipe([ExtentRecipe.Of(extent)], [MergePart.Of(0, extent.Range)], AsRows: false, Stored: false, Durable: true);
        var answer = new PlannedTask(NameOf("MERGE", recipe), recipe, [plan.Root], 1, 0);
        return plan with { Tasks = [.. plan.Tasks, answer], Root = answer.Key };
    }

    /// <summary>A value the plan makes or found: how a merge names it, and the task to wait for where it is not there yet.</summary>
    private sealed record Node(string Key, MergePart Part, string? Awaited);

    private Node PlanExtent(Extent extent, KnownBlocks known)
    {
        if (known.Find(extent.Range) is { } stored)
            return UseKnown(extent, extent.Range, stored);
        var cover = Grid.Cover(extent.Range, extent.Operation.FinestLevel);
        if (cover is [var only])
            return PlanPiece(extent, known, only);
        var nodes = cover.Select(piece => PlanPiece(extent, known, piece)).ToList();
        return MergeOf(extent, extent.Range, nodes, asRows: false);
    }

    private Node PlanPiece(Extent extent, KnownBlocks known, Piece piece)
    {
        if (known.Find(piece.Range) is { } stored)
            return UseKnown(extent, piece.Range, stored);
        if (piece.IsRagged || (piece.Level <= _taskLevel && !known.HoldsPartOf(piece.Block)))
            return AddChunk(extent, piece);
        if (piece.Level > _taskLevel && piece.Level <= _expandLevel)
            return AddBlock(extent.Over(piece.Range));
        var children = Enumerable.Range(0, Grid.FanOut)
            .Select(index => piece.Block.Child(index))
            .Select(child => PlanPiece(extent, known, new Piece(child.Range, child.Level)))
            .ToList();
        return MergeOf(extent, piece.Range, children, asRows: true);
    }

    private Node UseKnown(Extent extent, ByteRange range, StoredPart stored)
    {
        var key = extent.Over(stored.Range).Key;
        _known.Add(new FeedEntry(key, stored.Row, Known: true));
        _knownBytes += range.Length;
        return new Node(key.ToString(), MergePart.Of(0, range, stored), null);
    }

    private Node AddChunk(Extent extent, Piece piece)
    {
        var chunk = extent.Over(piece.Range);
        var key = chunk.Key.ToString();
        var stored = !piece.IsRagged || piece.Range == extent.Range;
        _leaves.Add(new PlannedTask(key, new ChunkRecipe(ExtentRecipe.Of(chunk), stored, _durable), [], CostOf(piece.Range.Length), piece.Range.Length)
        {
            Places = _placement.PlacesOf(chunk),
        });
        return new Node(key, MergePart.Of(0, piece.Range), key);
    }

    private string AddExpansion(ExpandRecipe recipe)
    {
        var key = NameOf("EXPAND", recipe);
        _leaves.Add(new PlannedTask(key, recipe, [], CostOf(recipe.Extents.Sum(extent => extent.End - extent.Start)), 0));
        return key;
    }

    private Node AddBlock(Extent block)
    {
        var awaited = AddExpansion(new ExpandRecipe([ExtentRecipe.Of(block)], null, _taskLevel, _durable));
        return new Node(block.Key.ToString(), MergePart.Of(0, block.Range), awaited);
    }

    private Node AddGroup(IReadOnlyList<Extent> extents)
    {
        var recipe = new ExpandRecipe([.. extents.Select(ExtentRecipe.Of)], null, _taskLevel, _durable);
        var root = NameOf("GROUP", recipe);
        return new Node(root, new MergePart(0, 0, 0, Key: root), AddExpansion(recipe with { Root = root }));
    }

    private Node MergeOf(Extent extent, ByteRange range, IReadOnlyList<Node> nodes, bool asRows)
    {
        var key = extent.Over(range).Key.ToString();
        AddMerge(key, [extent.Over(range)], nodes, asRows, stored: true);
        return new Node(key, MergePart.Of(0, range), key);
    }

    private string AddMerge(string? key, IReadOnlyList<Extent> extents, IReadOnlyList<Node> nodes, bool asRows, bool stored)
    {
        var recipe = new MergeRecipe([.. extents.Select(ExtentRecipe.Of)], [.. nodes.Select(node => node.Part)], asRows, stored, _durable);
        key ??= NameOf("MERGE", recipe);
        _merges.Add(new PlannedTask(key, recipe, [.. nodes.Select(node => node.Awaited).OfType<string>().Distinct()], 1, 0));
        return key;
    }

    private static long CostOf(long bytes) => Math.Max(1, bytes >> 20);

    private static string NameOf(string name, Recipe recipe) =>
        $"{name}-{Convert.ToHexStringLower(SHA256.HashData(recipe.ToBytes()).AsSpan(0, 16))}";
}
