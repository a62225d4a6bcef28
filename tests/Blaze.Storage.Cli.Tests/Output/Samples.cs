using Blaze.Storage.Client;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;
using Blaze.Storage.Core.DataShapes;

namespace Blaze.Storage.Cli.Tests.Output;

/// <summary>Snapshots to show and to write.</summary>
internal static class Samples
{
    public const string Hash = "0123456789abcdef0123456789abcdef";

    /// <summary>A job that is done.</summary>
    public static JobSnapshot Done(Operation operation, ChunkValue value, params long[] lengths)
    {
        lengths = lengths.Length == 0 ? [1024] : lengths;
        var total = lengths.Sum();
        return new JobSnapshot
        {
            JobId = "j1",
            State = JobState.Done,
            Operation = operation,
            Detail = new JobDetail(
                operation.Name,
                new Dictionary<string, string>(),
                [.. lengths.Select((length, index) => new JobSource($"file:///data/{(char)('a' + index)}.bin", Hash, length, 0, length))],
                0,
                lengths.Max()),
            Blocks = new BlockCounts(3, 1, 2),
            Bytes = new ByteCounts(total, total / 2, total - (total / 2), total / 2, total / 8),
            Coverage = 1,
            Elapsed = TimeSpan.FromMilliseconds(1250),
            Value = value,
        };
    }

    /// <summary>The same job a while before its end.</summary>
    public static JobSnapshot Running(JobSnapshot done, double coverage, Estimate? estimate = null, IReadOnlyList<PlacedChunk>? chunks = null) => done with
    {
        State = JobState.Running,
        Coverage = coverage,
        Bytes = done.Bytes with { Cached = 0, Computed = (long)(done.Bytes.Total * coverage) },
        Estimate = estimate,
        Chunks = chunks ?? [],
    };

    public static JobSnapshot Histogram(params (int Value, long Count)[] bins)
    {
        var counts = new long[256];
        foreach (var (value, count) in bins)
            counts[value] = count;
        return Done(new HistogramOperation(), new HistogramValue(counts));
    }

    public static JobSnapshot Pairs(params (int Pair, long Count)[] bins)
    {
        var counts = new long[65536];
        foreach (var (pair, count) in bins)
            counts[pair] = count;
        return Done(new HistogramOperation(2), new HistogramValue(counts));
    }

    public static JobSnapshot Entropy(long window, double[] profile, params long[] lengths)
    {
        var counts = new long[256];
        counts[0] = counts[255] = 512;
        return Done(new EntropyOperation(window), new EntropyValue(counts, profile), lengths);
    }

    public static JobSnapshot Difference(long length, params ByteRange[] runs) => Done(
        new DifferenceOperation(),
        new DifferenceValue(new ByteRange(0, length), runs.Sum(run => run.Length), runs.Length, runs.Length == 0 ? -1 : runs[^1].End - 1, runs),
        length,
        length);

    public static JobSnapshot Statistics(string type, Moments moments) =>
        Done(new StatisticsOperation(ElementType.Parse(type)), new StatisticsValue(moments));

    /// <summary>Counts that look like text: letters, digits, blanks, line ends.</summary>
    public static JobSnapshot Text() => Histogram(
        [.. "etaoinshrdlucmfwypvbgkqjxz".Select((letter, rank) => ((int)letter, 12000L / (rank + 1))),
            .. "0123456789".Select(digit => ((int)digit, 300L)),
            .. "THEASIW".Select(letter => ((int)letter, 250L)),
            (' ', 15000), ('\n', 1800), (',', 900), ('.', 800)]);
}
