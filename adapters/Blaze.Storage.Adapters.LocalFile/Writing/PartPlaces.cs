using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>
/// Where in the staged file each part goes. Parts are mostly of one length, and then each goes where it belongs in the end, in
/// whatever order they come. One that fits no such place, or replaces a part, goes behind all others, and the file has to be copied
/// in order at the end. A place that was given to a part is never given to another. Not safe for use by several threads.
/// </summary>
internal sealed class PartPlaces
{
    // A number far ahead would leave a hole that no part may ever fill.
    private const int FarthestAhead = 1024;
    private readonly List<ByteRange> _taken = [];
    private long _step;
    private long _end;

    /// <summary>Counts a part that is there as placed.</summary>
    public void Add(int number, ByteRange range)
    {
        Take(range);
        if (_step == 0 && number > 0 && range.Start % number == 0)
            _step = range.Start / number;
        else if (_step == 0 && number == 0 && range.Start == 0)
            _step = range.Length;
    }

    /// <summary>A place for a part.</summary>
    public ByteRange Reserve(int number, int length)
    {
        if (_step == 0)
            _step = length;
        var own = new ByteRange(number * _step, (number * _step) + length);
        var fits = length <= _step && own.Start <= _end + (FarthestAhead * _step) && !_taken.Exists(taken => Overlap(taken, own));
        return Take(fits ? own : new ByteRange(_end, _end + length));
    }

    /// <summary>Takes back a place nothing was written to.</summary>
    public void Release(ByteRange range) => _taken.Remove(range);

    private static bool Overlap(ByteRange left, ByteRange right) => left.Start < right.End && right.Start < left.End;

    private ByteRange Take(ByteRange range)
    {
        if (!range.IsEmpty)
            _taken.Add(range);
        _end = Math.Max(_end, range.End);
        return range;
    }
}
