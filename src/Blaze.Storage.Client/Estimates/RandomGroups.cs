namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// Deals the sampled units out to a fixed number of groups, so that variances need memory for the groups only, however many units
/// there are: while there are fewer units than groups each is a group of its own, and then the groups' totals vary between
/// them as the units' do (the random group method; K. M. Wolter, "Introduction to Variance Estimation", 2007, chapter 2).
/// </summary>
/// <remarks>
/// A unit is a chunk, or the chunks that are planned and computed together. Every round deals one unit to each group in random order, because a
/// fixed order could run in step with the strata in which the chunks are drawn.
/// </remarks>
internal sealed class RandomGroups(int capacity)
{
    private readonly Dictionary<(int Group, long Place), int> _groupOfUnit = [];
    private readonly double[] _bytes = new double[capacity];
    private readonly int[] _turns = [.. Enumerable.Range(0, capacity)];
    private readonly Random _random = new(capacity);
    private int _next;

    /// <summary>The number of units.</summary>
    public int Units => _groupOfUnit.Count;

    /// <summary>The number of groups in use.</summary>
    public int Count => Math.Min(Units, capacity);

    /// <summary>The bytes sampled.</summary>
    public double Bytes { get; private set; }

    /// <summary>The bytes of a group.</summary>
    public double BytesOf(int group) => _bytes[group];

    /// <summary>Takes bytes of a unit into the sample and says which group they belong to.</summary>
    public int Add((int Group, long Place) unit, long bytes)
    {
        if (!_groupOfUnit.TryGetValue(unit, out var group))
        {
            group = NextGroup();
            _groupOfUnit.Add(unit, group);
        }

        _bytes[group] += bytes;
        Bytes += bytes;
        return group;
    }

    private int NextGroup()
    {
        var position = _next++ % capacity;
        // The first round fills the groups in order, so that those in use are the first ones.
        if (_next > capacity && position == 0)
            _random.Shuffle(_turns);
        return _turns[position];
    }
}
