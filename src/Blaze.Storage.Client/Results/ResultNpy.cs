using System.Runtime.InteropServices;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Results;

/// <summary>
/// The answer of a job as a <c>.npy</c> file: of HIST the counts (<c>&lt;i8</c>, 256 or 256 × 256), of ENT each window's entropy in bits per byte (<c>&lt;f8</c>), of DIFF the
/// first and the end of each range (<c>&lt;i8</c>, ranges × 2), of STAT one record of count, nan, sum, min, max, mean and variance, the last five as <c>&lt;f8</c> (NaN where there is none).
/// </summary>
public static class ResultNpy
{
    private const string Record = "[('count', '<i8'), ('nan', '<i8'), ('sum', '<f8'), ('min', '<f8'), ('max', '<f8'), ('mean', '<f8'), ('variance', '<f8')]";

    /// <summary>Writes the answer of a job that is done.</summary>
    /// <exception cref="ArgumentException">The job has no answer.</exception>
    public static void Write(Stream output, JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(snapshot);
        switch (snapshot.Value)
        {
            case HistogramValue { Counts: { Length: 256 } bytes }:
                output.Write(NpyHeader.Write("<i8", 256));
                Append<long>(output, bytes);
                break;
            case HistogramValue { Counts: var pairs }:
                output.Write(NpyHeader.Write("<i8", 256, 256));
                Append<long>(output, pairs);
                break;
            case EntropyValue { Profile: var profile }:
                output.Write(NpyHeader.Write("<f8", profile.Length));
                Append<double>(output, profile);
                break;
            case DifferenceValue { Ranges: var ranges }:
                output.Write(NpyHeader.Write("<i8", ranges.Count, 2));
                Append<long>(output, [.. ranges.SelectMany(range => (long[])[range.Start, range.End])]);
                break;
            case StatisticsValue moments:
                output.Write(NpyHeader.Write(Record));
                Append<long>(output, [moments.Count, moments.NanCount]);
                Append<double>(output, [moments.Sum.Real, moments.Min?.Real ?? double.NaN, moments.Max?.Real ?? double.NaN, moments.Mean, moments.Variance]);
                break;
            default:
                throw new ArgumentException("The job has no answer.", nameof(snapshot));
        }
    }

    private static void Append<T>(Stream output, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The .npy files written here are little-endian.");
        output.Write(MemoryMarshal.AsBytes(numbers));
    }
}
