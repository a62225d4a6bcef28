using System.Globalization;
using System.Text;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Results;

/// <summary>
/// The answer of a job as comma-separated values (RFC 4180) with a line of names: of HIST <c>value,count</c> or <c>first,second,count</c>, of ENT
/// <c>source,start,end,entropy</c>, of DIFF <c>start,end</c>, of STAT one line of its numbers. Doubles read back as the same number; what there is not is empty.
/// </summary>
public static class ResultCsv
{
    /// <summary>Writes the answer of a job that is done.</summary>
    /// <exception cref="ArgumentException">The job has no answer.</exception>
    public static void Write(Stream output, JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        switch (snapshot)
        {
            case { Value: HistogramValue { Counts: { Length: 256 } counts } }:
                text.WriteLine("value,count");
                for (var value = 0; value < counts.Length; value++)
                    Line(text, $"{value},{counts[value]}");
                break;
            case { Value: HistogramValue { Counts: var counts } }:
                text.WriteLine("first,second,count");
                for (var pair = 0; pair < counts.Length; pair++)
                    Line(text, $"{pair >> 8},{pair & 255},{counts[pair]}");
                break;
            case { Value: EntropyValue value, Operation: EntropyOperation operation, Detail: { } detail }:
                WriteEntropy(text, value, operation, detail);
                break;
            case { Value: DifferenceValue value }:
                text.WriteLine("start,end");
                foreach (var range in value.Ranges)
                    Line(text, $"{range.Start},{range.End}");
                break;
            case { Value: StatisticsValue value }:
                text.WriteLine("count,nan,sum,min,max,mean,variance");
                Line(text, $"{value.Count},{value.NanCount},{value.Sum},{value.Min},{value.Max},{Text(value.Mean)},{Text(value.Variance)}");
                break;
            default:
                throw new ArgumentException("The job has no answer.", nameof(snapshot));
        }
    }

    private static void WriteEntropy(StreamWriter text, EntropyValue value, EntropyOperation operation, JobDetail detail)
    {
        text.WriteLine("source,start,end,entropy");
        var next = 0;
        foreach (var (index, source) in detail.Sources.Index())
        {
            for (var from = source.Start; from < source.End && next < value.Profile.Length; next++)
            {
                var to = Math.Min(source.End, (from / operation.Window * operation.Window) + operation.Window);
                Line(text, $"{index},{from},{to},{Text(value.Profile[next])}");
                from = to;
            }
        }
    }

    private static string Text(double number) => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture);

    private static void Line(StreamWriter text, FormattableString line) => text.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
