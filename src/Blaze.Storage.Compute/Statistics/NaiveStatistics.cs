using System.Buffers.Binary;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>
/// The statistics by their definition, for comparison: one element at a time, in the merge order that
/// <see cref="StatisticsOperation"/> and the kernel's runs document.
/// </summary>
public static class NaiveStatistics
{
    private const int Lanes = 8;
    private const int Run = 4096;

    /// <summary>The value of <paramref name="range"/> of a resource that is all in memory: the merge, from the left, of the pieces of its cover.</summary>
    public static StatisticsValue Of(StatisticsOperation operation, ReadOnlySpan<byte> resource, ByteRange range)
    {
        var total = Nothing(operation);
        foreach (var piece in Grid.Cover(range))
            total = Merge(total, piece.IsRagged ? Cell(operation, resource, piece.Range) : OfBlock(operation, resource, piece.Block));
        return new StatisticsValue(total);
    }

    private static Moments OfBlock(StatisticsOperation operation, ReadOnlySpan<byte> resource, Block block)
    {
        if (block.Level == 0)
            return Cell(operation, resource, block.Range);
        var total = Nothing(operation);
        for (var child = 0; child < Grid.FanOut; child++)
            total = Merge(total, OfBlock(operation, resource, block.Child(child)));
        return total;
    }

    private static Moments Cell(StatisticsOperation operation, ReadOnlySpan<byte> resource, ByteRange range)
    {
        var size = operation.Type.Size;
        var elements = new List<object>();
        for (var i = range.Start; i < range.End && i + size <= resource.Length; i++)
        {
            if (i % size == operation.Phase && (operation.Halo > 0 || i + size <= range.End))
                elements.Add(Element(operation.Type, resource.Slice((int)i, size)));
        }

        return elements.Chunk(Run).Select(run => OfRun(operation, run)).Aggregate(Nothing(operation), Merge);
    }

    private static Moments OfRun(StatisticsOperation operation, object[] run) =>
        operation.Type.IsInteger ? OfIntegers([.. run.Cast<Int128>()]) : OfFloats([.. run.Cast<double>()]);

    private static Moments OfIntegers(Int128[] run)
    {
        var sum = Int128.Zero;
        foreach (var x in run)
            sum += x;
        var deviations = Deviations([.. run.Select(x => (double)x)], (double)sum / run.Length);
        return new Moments(run.Length, 0, Number.Of(sum), Number.Of(run.Min()), Number.Of(run.Max()), deviations);
    }

    private static Moments OfFloats(double[] run)
    {
        var lanes = new double[Lanes];
        var numbers = run.Where(x => !double.IsNaN(x)).Select(x => x == 0 ? 0.0 : x).ToArray();
        for (var i = 0; i < run.Length; i++)
            lanes[i % Lanes] += double.IsNaN(run[i]) ? 0 : run[i];
        if (numbers.Length == 0)
            return new Moments(0, run.Length, Number.Of(0.0), Number.Of(0.0), Number.Of(0.0), 0);
        var sum = Sum(lanes);
        return new Moments(
            numbers.Length, run.Length - numbers.Length, Number.Of(sum), Number.Of(numbers.Min()), Number.Of(numbers.Max()), Deviations(run, sum / numbers.Length));
    }

    private static double Deviations(double[] run, double mean)
    {
        var lanes = new double[Lanes];
        for (var i = 0; i < run.Length; i++)
        {
            var distance = double.IsNaN(run[i]) ? 0 : run[i] - mean;
            lanes[i % Lanes] += distance * distance;
        }

        return Sum(lanes);
    }

    private static double Sum(double[] lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));

    private static Moments Nothing(StatisticsOperation operation)
    {
        var zero = operation.Type.IsInteger ? Number.Of((Int128)0) : Number.Of(0.0);
        return new Moments(0, 0, zero, zero, zero, 0);
    }

    private static Moments Merge(Moments left, Moments right)
    {
        var nan = left.NanCount + right.NanCount;
        if (left.Count == 0 || right.Count == 0)
            return (left.Count == 0 ? right : left) with { NanCount = nan };
        double n1 = left.Count, n2 = right.Count;
        var d = (right.Sum.Real / n2) - (left.Sum.Real / n1);
        var m2 = (left.M2 + right.M2) + ((d * d) * ((n1 * n2) / (n1 + n2)));
        var sum = left.Sum.IsInteger ? Number.Of(left.Sum.Whole + right.Sum.Whole) : Number.Of(left.Sum.Real + right.Sum.Real);
        var extremes = new[] { left.Min, left.Max, right.Min, right.Max }.OrderBy(x => x.IsInteger ? (IComparable)x.Whole : x.Real).ToArray();
        return new Moments(left.Count + right.Count, nan, sum, extremes[0], extremes[3], m2);
    }

    private static object Element(ElementType type, ReadOnlySpan<byte> bytes) => (type.Kind, type.Size, type.IsBigEndian) switch
    {
        (ElementKind.UnsignedInteger, 1, _) => (Int128)bytes[0],
        (ElementKind.UnsignedInteger, 2, false) => (Int128)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (ElementKind.UnsignedInteger, 2, true) => (Int128)BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (ElementKind.UnsignedInteger, 4, false) => (Int128)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (ElementKind.UnsignedInteger, 4, true) => (Int128)BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (ElementKind.UnsignedInteger, _, false) => (Int128)BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (ElementKind.UnsignedInteger, _, true) => (Int128)BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (ElementKind.SignedInteger, 1, _) => (Int128)(sbyte)bytes[0],
        (ElementKind.SignedInteger, 2, false) => (Int128)BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (ElementKind.SignedInteger, 2, true) => (Int128)BinaryPrimitives.ReadInt16BigEndian(bytes),
        (ElementKind.SignedInteger, 4, false) => (Int128)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (ElementKind.SignedInteger, 4, true) => (Int128)BinaryPrimitives.ReadInt32BigEndian(bytes),
        (ElementKind.SignedInteger, _, false) => (Int128)BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (ElementKind.SignedInteger, _, true) => (Int128)BinaryPrimitives.ReadInt64BigEndian(bytes),
        (_, 4, false) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (_, 4, true) => (double)BinaryPrimitives.ReadSingleBigEndian(bytes),
        (_, _, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
