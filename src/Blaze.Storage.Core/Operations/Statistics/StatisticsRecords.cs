using System.Runtime.InteropServices;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Operations.Statistics;

/// <summary>The stored form of <see cref="StatisticsValue"/>s, described at <see cref="StatisticsOperation"/>.</summary>
internal static class StatisticsRecords
{
    /// <summary>An upper bound in bytes of one stored row with its header.</summary>
    public const long LongestRow = 512;

    // Every field is 8 bytes wide, so a record is read and written as a row of 64-bit words.
    private const int Word = 8;

    public static byte[] Write(ElementKind kind, IReadOnlyList<ChunkValue> rows)
    {
        var header = NpyHeader.Write(DescrOf(kind), rows.Count);
        var fields = FieldsOf(kind);
        var encoded = StoredRows.Allocate(header, (long)rows.Count * fields * Word, out var data);
        var words = MemoryMarshal.Cast<byte, long>(data);
        foreach (var row in rows.Cast<StatisticsValue>())
        {
            Write(row, words);
            words = words[fields..];
        }

        return encoded;
    }

    public static IReadOnlyList<ChunkValue> Read(ElementKind kind, ReadOnlySpan<byte> encoded)
    {
        var fields = FieldsOf(kind);
        StoredRows.Read(encoded, axes: 1, descr => descr == DescrOf(kind) ? fields * Word : 0, out var data);
        var words = MemoryMarshal.Cast<byte, long>(data);
        var rows = new ChunkValue[words.Length / fields];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = Read(kind, words.Slice(row * fields, fields));
        return rows;
    }

    private static string DescrOf(ElementKind kind)
    {
        var (sum, element) = kind switch
        {
            ElementKind.UnsignedInteger => ("('sum_low', '<u8'), ('sum_high', '<i8')", "<u8"),
            ElementKind.SignedInteger => ("('sum_low', '<u8'), ('sum_high', '<i8')", "<i8"),
            _ => ("('sum', '<f8')", "<f8"),
        };
        return $"[('count', '<i8'), ('nan', '<i8'), {sum}, ('min', '{element}'), ('max', '{element}'), ('mean', '<f8'), ('m2', '<f8')]";
    }

    private static int FieldsOf(ElementKind kind) => kind == ElementKind.FloatingPoint ? 7 : 8;

    private static void Write(StatisticsValue value, Span<long> words)
    {
        words[0] = value.Count;
        words[1] = value.NanCount;
        var next = 2;
        if (value.Sum.IsInteger)
        {
            words[next++] = (long)(ulong)(value.Sum.Whole & ulong.MaxValue);
            words[next++] = (long)(value.Sum.Whole >> 64);
        }
        else
        {
            words[next++] = Bits(value.Sum.Real);
        }

        words[next++] = Bits(value.Moments.Min);
        words[next++] = Bits(value.Moments.Max);
        words[next++] = Bits(value.Mean);
        words[next] = Bits(value.M2);
    }

    private static StatisticsValue Read(ElementKind kind, ReadOnlySpan<long> words)
    {
        if (words[0] < 0 || words[1] < 0)
            throw new InvalidDataException("The stored statistics have a negative count.");
        var sum = kind == ElementKind.FloatingPoint ? Real(words[2]) : Number.Of(new Int128((ulong)words[3], (ulong)words[2]));
        var extremes = words[^4..];
        return new StatisticsValue(new Moments(
            words[0], words[1], sum, Element(kind, extremes[0]), Element(kind, extremes[1]), BitConverter.Int64BitsToDouble(extremes[3])));
    }

    private static long Bits(Number number) =>
        number.IsInteger ? (long)(ulong)(number.Whole & ulong.MaxValue) : Bits(number.Real);

    private static long Bits(double real) => BitConverter.DoubleToInt64Bits(real);

    private static Number Real(long bits) => Number.Of(BitConverter.Int64BitsToDouble(bits));

    private static Number Element(ElementKind kind, long bits) => kind switch
    {
        ElementKind.UnsignedInteger => Number.Of((Int128)(ulong)bits),
        ElementKind.SignedInteger => Number.Of((Int128)bits),
        _ => Real(bits),
    };
}
