using System.Buffers.Binary;

namespace Blaze.Storage.Core.Operations.Histogram;

/// <summary>
/// Counts bytes (N = 1) or overlapping pairs of bytes (N = 2). A chunk owns the n-grams that start in it, so a pair may end one
/// byte past the chunk, where the resource has that byte; the last byte of a resource starts no pair.
/// Stored as a .npy array (rows, 256^N) of the narrowest of u1, u2, u4 and u8, little-endian, that holds the largest count.
/// </summary>
public sealed record HistogramOperation : Operation
{
    /// <summary>Creates the operation.</summary>
    /// <param name="n">Bytes per n-gram, 1 or 2.</param>
    /// <exception cref="BlazeException">N is neither 1 nor 2.</exception>
    public HistogramOperation(int n = 1)
    {
        if (n is not (1 or 2))
            throw new BlazeException($"A histogram counts n-grams of 1 or 2 bytes, not of {n}: use n=1 or n=2.");
        N = n;
    }

    /// <summary>Bytes per n-gram, 1 or 2.</summary>
    public int N { get; }

    /// <summary>The number of different n-grams: 256 or 65,536.</summary>
    public int Bins => N == 1 ? 256 : 65536;

    /// <inheritdoc/>
    public override string Name => "HIST";

    /// <inheritdoc/>
    public override string Token => N == 1 ? Name : $"{Name}-n{N}";

    /// <inheritdoc/>
    public override int Halo => N - 1;

    /// <inheritdoc/>
    public override ChunkValue Empty => new HistogramValue(new long[Bins]);

    /// <inheritdoc/>
    public override long ResultSize(long length) => StoredRows.HeaderSize + ((long)Bins * WidthFor(length));

    /// <inheritdoc/>
    public override ChunkValue Merge(IReadOnlyList<ChunkValue> parts)
    {
        var sum = new long[Bins];
        foreach (var part in parts)
        {
            ReadOnlySpan<long> counts = ((HistogramValue)part).Counts;
            for (var i = 0; i < sum.Length; i++)
                sum[i] += counts[i];
        }

        return new HistogramValue(sum);
    }

    /// <inheritdoc/>
    public override byte[] Encode(IReadOnlyList<ChunkValue> rows)
    {
        var width = WidthFor(rows.Select(row => ((HistogramValue)row).Counts.Max()).DefaultIfEmpty().Max());
        var encoded = StoredRows.Allocate(DescrOf(width), width, rows.Count, Bins, out var data);
        foreach (var row in rows)
        {
            Write(((HistogramValue)row).Counts, data, width);
            data = data[(Bins * width)..];
        }

        return encoded;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded)
    {
        var header = StoredRows.Read(encoded, axes: 2, WidthOf, out var data);
        if (header.Shape[0] > 0 && header.Shape[1] != Bins)
            throw new InvalidDataException($"A stored histogram has {header.Shape[1]} bins instead of {Bins}.");
        var width = WidthOf(header.Descr);
        var rows = new ChunkValue[header.Shape[0]];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new HistogramValue(Read(data.Slice(row * Bins * width, Bins * width), width));
        return rows;
    }

    private static int WidthFor(long largest) => largest switch { <= byte.MaxValue => 1, <= ushort.MaxValue => 2, <= uint.MaxValue => 4, _ => 8 };

    private static string DescrOf(int width) => width == 1 ? "|u1" : $"<u{width}";

    private static int WidthOf(string descr) => descr switch { "|u1" => 1, "<u2" => 2, "<u4" => 4, "<u8" => 8, _ => 0 };

    private static void Write(ReadOnlySpan<long> counts, Span<byte> row, int width)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            var item = row[(i * width)..];
            switch (width)
            {
                case 1: item[0] = (byte)counts[i]; break;
                case 2: BinaryPrimitives.WriteUInt16LittleEndian(item, (ushort)counts[i]); break;
                case 4: BinaryPrimitives.WriteUInt32LittleEndian(item, (uint)counts[i]); break;
                default: BinaryPrimitives.WriteInt64LittleEndian(item, counts[i]); break;
            }
        }
    }

    private static long[] Read(ReadOnlySpan<byte> row, int width)
    {
        var counts = new long[row.Length / width];
        for (var i = 0; i < counts.Length; i++)
        {
            var item = row[(i * width)..];
            counts[i] = width switch
            {
                1 => item[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(item),
                4 => BinaryPrimitives.ReadUInt32LittleEndian(item),
                _ => BinaryPrimitives.ReadInt64LittleEndian(item),
            };
            if (counts[i] < 0)
                throw new InvalidDataException("A stored histogram has a count of 2^63 or more.");
        }

        return counts;
    }
}
