using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Client.Following;

/// <summary>The bytes of one source whose values are in hand; no byte twice.</summary>
internal sealed class CoveredRanges
{
    private readonly List<ByteRange> _ranges = [];

    /// <summary>Takes a range; false, and nothing is changed, where any of its bytes is covered already or it has none.</summary>
    public bool TryAdd(ByteRange range)
    {
        if (range.IsEmpty)
            return false;
        var index = _ranges.BinarySearch(range);
        if (index >= 0)
            return false;
        index = ~index;
        if (index > 0 && _ranges[index - 1].End > range.Start)
            return false;
        if (index < _ranges.Count && _ranges[index].Start < range.End)
            return false;
        _ranges.Insert(index, range);
        return true;
    }
}
