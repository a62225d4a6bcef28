using System.Runtime.CompilerServices;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>The lanes of a run after its whole vectors: takes the elements left over, one lane each, and adds up the lanes.</summary>
internal struct RunLanes
{
    private Eight _sum;
    private Eight _min;
    private Eight _max;
    private int _next;

    public static RunLanes Of<TLanes>(TLanes sum, TLanes min, TLanes max)
        where TLanes : struct, ILanes<TLanes>
    {
        var lanes = default(RunLanes);
        TLanes.Store(sum, ref lanes._sum[0]);
        TLanes.Store(min, ref lanes._min[0]);
        TLanes.Store(max, ref lanes._max[0]);
        return lanes;
    }

    /// <summary>Adds the next element left over; NaN makes the sum NaN.</summary>
    public void Add(double element)
    {
        _sum[_next] += element;
        _min[_next] = element < _min[_next] ? element : _min[_next];
        _max[_next] = element > _max[_next] ? element : _max[_next];
        _next++;
    }

    /// <summary>Leaves the next lane as it is.</summary>
    public void Skip() => _next++;

    /// <summary>Sum, smallest and largest over all lanes.</summary>
    public readonly (double Sum, double Min, double Max) Reduce()
    {
        var (min, max) = (_min[0], _max[0]);
        for (var lane = 1; lane < 8; lane++)
        {
            min = _min[lane] < min ? _min[lane] : min;
            max = _max[lane] > max ? _max[lane] : max;
        }

        return (Reduce(_sum), min, max);
    }

    /// <summary>The sum of eight lanes in the order fixed for runs.</summary>
    public static double Reduce(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));

    [InlineArray(8)]
    private struct Eight
    {
        private double _first;
    }
}
