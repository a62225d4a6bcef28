using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>Counts bytes, by tables that suit how many come at once; stretches that repeat with a period of up to 8 bytes are counted 64 at a time.</summary>
internal sealed unsafe class ByteCounter
{
    /// <summary>The number of bins.</summary>
    public const int Bins = 256;

    // Below this the sums over the table of pairs, a microsecond or two, are no longer small against the counting.
    private const int ShortestForPairs = 32 * 1024;

    private readonly ByteTables _tables = new();
    private readonly BytePairTable? _pairs = Vector512.IsHardwareAccelerated ? new BytePairTable() : null;
    private readonly long[] _counts = new long[Bins];

    /// <summary>Counts all of <paramref name="bytes"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (_pairs is not null && bytes.Length - done >= ShortestForPairs)
            {
                var length = Math.Min(bytes.Length - done, BytePairTable.LongestSection);
                _pairs.Add(start + done, start + done + length, _counts);
                done += length;
            }

            _tables.Add(start + done, start + bytes.Length, _counts);
        }
    }

    /// <summary>The counts since the last <see cref="Clear"/>; valid until bytes are added.</summary>
    public ReadOnlySpan<long> Counts()
    {
        _tables.MoveTo(_counts);
        return _counts;
    }

    /// <summary>Forgets what was counted.</summary>
    public void Clear()
    {
        _tables.Clear();
        Array.Clear(_counts);
    }

    /// <summary>Counts <paramref name="length"/> bytes that repeat the first eight.</summary>
    public static void AddPeriodic(byte* bytes, long length, Span<long> counts)
    {
        for (var i = 0; i < WideBytes.Period; i++)
            counts[bytes[i]] += (length - i + WideBytes.Period - 1) / WideBytes.Period;
    }
}
