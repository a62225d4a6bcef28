using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Core.Operations.Entropy;

/// <summary>
/// Shannon's entropy of the bytes, of the whole and of each window. Windows lie at multiples of <see cref="Window"/> from the
/// start of the resource and are clipped to the chunk; blocks are never smaller than a window, so blocks split none.
/// Stored as a .npy array of little-endian doubles (rows, 256 + windows): a row is the 256 counts, then the profile.
/// </summary>
public sealed record EntropyOperation : Operation
{
    /// <summary>The default window in bytes: 64 KiB.</summary>
    public const long DefaultWindow = 64 * 1024;

    /// <summary>The smallest window in bytes: 1 KiB.</summary>
    public const long SmallestWindow = 1024;

    /// <summary>The largest window in bytes: 256 MiB.</summary>
    public const long LargestWindow = 256 * 1024 * 1024;

    // Doubles count exactly up to here.
    private const double LargestCount = 9007199254740992;

    private const int Bins = 256;

    /// <summary>Creates the operation.</summary>
    /// <param name="window">Bytes per window: a power of two, <see cref="SmallestWindow"/> … <see cref="LargestWindow"/>.</param>
    /// <exception cref="BlazeException">The window is no such number.</exception>
    public EntropyOperation(long window = DefaultWindow)
    {
        if (window is < SmallestWindow or > LargestWindow || !BitOperations.IsPow2(window))
            throw new BlazeException($"A window of {window} bytes is not possible: use a power of two from 1Ki to 256Mi.");
        Window = window;
    }

    /// <summary>Bytes per window.</summary>
    public long Window { get; }

    /// <inheritdoc/>
    public override string Name => "ENT";

    /// <inheritdoc/>
    public override string Token => Window == DefaultWindow ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-w{Window}");

    /// <inheritdoc/>
    public override ChunkValue Empty => new EntropyValue(new long[Bins], []);

    /// <summary>How many windows a chunk touches.</summary>
    public long WindowsIn(Chunks.ByteRange range) => range.IsEmpty ? 0 : ((range.End - 1) / Window) - (range.Start / Window) + 1;

    /// <inheritdoc/>
    public override long ResultSize(long length)
    {
        // Windows straddle both ends of a chunk at worst, but none of a block.
        var windows = length == 0 ? 0 : length % Window == 0 ? length / Window : (length / Window) + 2;
        return StoredRows.HeaderSize + (sizeof(double) * (Bins + windows));
    }

    /// <inheritdoc/>
    public override ChunkValue Merge(IReadOnlyList<ChunkValue> parts)
    {
        var counts = new long[Bins];
        var profile = new double[parts.Sum(part => ((EntropyValue)part).Profile.Length)];
        var position = 0;
        foreach (var part in parts.Cast<EntropyValue>())
        {
            for (var i = 0; i < Bins; i++)
                counts[i] += part.Counts[i];
            part.Profile.CopyTo(profile, position);
            position += part.Profile.Length;
        }

        return new EntropyValue(counts, profile);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows have different numbers of windows.</exception>
    public override byte[] Encode(IReadOnlyList<ChunkValue> rows)
    {
        var windows = rows.Count == 0 ? 0 : ((EntropyValue)rows[0]).Profile.Length;
        var encoded = StoredRows.Allocate("<f8", sizeof(double), rows.Count, Bins + windows, out var data);
        var cells = MemoryMarshal.Cast<byte, double>(data);
        foreach (var row in rows.Cast<EntropyValue>())
        {
            if (row.Profile.Length != windows)
                throw new ArgumentException("The rows of one stored value have equally many windows.", nameof(rows));
            for (var i = 0; i < Bins; i++)
                cells[i] = row.Counts[i];
            row.Profile.CopyTo(cells[Bins..]);
            cells = cells[(Bins + windows)..];
        }

        return encoded;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded)
    {
        var header = StoredRows.Read(encoded, axes: 2, descr => descr == "<f8" ? sizeof(double) : 0, out var data);
        var rows = new ChunkValue[header.Shape[0]];
        if (rows.Length > 0 && header.Shape[1] < Bins)
            throw new InvalidDataException($"A stored entropy has {header.Shape[1]} columns, fewer than the {Bins} counts.");
        var width = (int)header.Shape[1];
        for (var row = 0; row < rows.Length; row++)
        {
            var cells = MemoryMarshal.Cast<byte, double>(data).Slice(row * width, width);
            rows[row] = new EntropyValue(ReadCounts(cells[..Bins]), cells[Bins..].ToArray());
        }

        return rows;
    }

    /// <inheritdoc/>
    protected override bool FitsGrid(long size) => size >= Window && base.FitsGrid(size);

    private static long[] ReadCounts(ReadOnlySpan<double> cells)
    {
        var counts = new long[Bins];
        for (var i = 0; i < Bins; i++)
        {
            if (!(cells[i] >= 0 && cells[i] <= LargestCount && Math.Floor(cells[i]) == cells[i]))
                throw new InvalidDataException($"A stored entropy has {cells[i]} as a count.");
            counts[i] = (long)cells[i];
        }

        return counts;
    }
}
