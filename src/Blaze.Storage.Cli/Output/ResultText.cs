using System.Globalization;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Output;

/// <summary>
/// The answer of a job as plain text for pipes: lines of a name and a value, then after an empty line the table, if there is one. Columns are
/// separated by one tab, numbers have all their digits.
/// </summary>
internal static class ResultText
{
    /// <summary>Writes the answer of a job that is done.</summary>
    public static void Write(TextWriter output, JobSnapshot snapshot)
    {
        if (snapshot is not { Value: { } value, Operation: { } operation, Detail: { } detail })
            throw new ArgumentException("The job has no answer.", nameof(snapshot));
        Line(output, "job", snapshot.JobId);
        Line(output, "op", operation.Name);
        foreach (var source in detail.Sources)
            Line(output, "source", source.Uri, source.Hash, source.Length);
        Line(output, "range", detail.Start, detail.End);
        Line(output, "blocks", $"{snapshot.Blocks.Total} total", $"{snapshot.Blocks.Cached} cached", $"{snapshot.Blocks.Computed} computed");
        Line(output, "bytes", $"{snapshot.Bytes.Total} total", $"{snapshot.Bytes.Read} read", $"{snapshot.Bytes.Cached} cached", $"{snapshot.Bytes.Remote} remote");
        Line(output, "seconds", Math.Round(snapshot.Elapsed.TotalSeconds, 6));
        WriteValue(output, operation, value);
        output.Flush();
    }

    private static void WriteValue(TextWriter output, Operation operation, ChunkValue value)
    {
        switch (operation, value)
        {
            case (HistogramOperation histogram, HistogramValue counts):
                Line(output, "n", histogram.N);
                Line(output, "entropy", counts.Entropy);
                WriteCounts(output, histogram.N, counts.Counts);
                break;
            case (EntropyOperation entropy, EntropyValue profile):
                Line(output, "entropy", profile.Entropy);
                Line(output, "window", entropy.Window);
                Heading(output, "window", "entropy");
                foreach (var (index, bits) in profile.Profile.Index())
                    Line(output, index, bits);
                break;
            case (_, DifferenceValue difference):
                WriteDifference(output, difference);
                break;
            case (StatisticsOperation statistics, StatisticsValue moments):
                WriteStatistics(output, statistics, moments);
                break;
            default:
                throw new ArgumentException($"{operation.Name} has no value of type {value.GetType().Name}.", nameof(value));
        }
    }

    // All bytes, but of the 65,536 pairs those that occur: the rest would bury them.
    private static void WriteCounts(TextWriter output, int n, long[] counts)
    {
        Heading(output, n == 1 ? "byte" : "pair", "count");
        var digits = n == 1 ? "X2" : "X4";
        for (var i = 0; i < counts.Length; i++)
        {
            if (n == 1 || counts[i] > 0)
                Line(output, "0x" + i.ToString(digits, CultureInfo.InvariantCulture), counts[i]);
        }
    }

    private static void WriteDifference(TextWriter output, DifferenceValue value)
    {
        Line(output, "differing", value.Differing);
        Line(output, "runs", value.Runs);
        Line(output, "first", value.First);
        Line(output, "last", value.Last);
        Heading(output, "start", "end");
        foreach (var range in value.Ranges)
            Line(output, range.Start, range.End);
    }

    private static void WriteStatistics(TextWriter output, StatisticsOperation operation, StatisticsValue value)
    {
        Line(output, "dtype", operation.Type);
        Line(output, "count", value.Count);
        Line(output, "nan", value.NanCount);
        Line(output, "sum", value.Sum);
        Line(output, "min", value.Min?.ToString() ?? "-");
        Line(output, "max", value.Max?.ToString() ?? "-");
        Line(output, "mean", value.Count > 0 ? value.Mean : "-");
        Line(output, "variance", value.Count > 0 ? value.Variance : "-");
    }

    private static void Heading(TextWriter output, string first, string second)
    {
        output.WriteLine();
        Line(output, first, second);
    }

    private static void Line(TextWriter output, params ReadOnlySpan<object> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
                output.Write('\t');
            output.Write(columns[i] is double real ? real.ToString("R", CultureInfo.InvariantCulture) : columns[i] is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : columns[i]);
        }

        output.WriteLine();
    }
}
