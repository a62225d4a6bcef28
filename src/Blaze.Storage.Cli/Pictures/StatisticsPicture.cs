using System.Globalization;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Pictures;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>The numbers of STAT as a table of names and values.</summary>
internal static class StatisticsPicture
{
    /// <summary>Draws the table; nothing where there is no value.</summary>
    public static Picture Draw(JobSnapshot snapshot, PictureStyle style)
    {
        if (snapshot.Value is not StatisticsValue value)
            return Picture.Nothing;
        var rows = !snapshot.Exact && snapshot.Estimate is StatisticsEstimate estimate ? Rows(value, estimate, style) : Rows(value);
        return new Picture([.. rows.Select(row => Line(row.Name, row.Text, style))]);
    }

    private static IReadOnlyList<PictureRun> Line(string name, string text, PictureStyle style)
    {
        var room = Math.Max(0, style.Width - 10);
        return [new PictureRun(Fit(name.PadRight(10), style.Width), Rgb.Quiet, null), new PictureRun(Fit(text, room), null, null)];
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..width];

    private static IEnumerable<(string Name, string Text)> Rows(StatisticsValue value) =>
    [
        ("count", value.Count.ToString(CultureInfo.InvariantCulture)),
        ("nan", value.NanCount.ToString(CultureInfo.InvariantCulture)),
        ("sum", value.Sum.ToString()),
        ("min", value.Min?.ToString() ?? "-"),
        ("max", value.Max?.ToString() ?? "-"),
        ("mean", value.Mean.ToString("R", CultureInfo.InvariantCulture)),
        ("variance", value.Variance.ToString("R", CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<(string Name, string Text)> Rows(StatisticsValue soFar, StatisticsEstimate estimate, PictureStyle style) =>
    [
        ("count", Numbers.Text(estimate.Count, estimate, style.Unicode)),
        ("nan", Numbers.Text(estimate.Nan, estimate, style.Unicode)),
        ("sum", Numbers.Text(estimate.Sum, estimate, style.Unicode)),
        ("min", $"{soFar.Min?.ToString() ?? "-"} so far"),
        ("max", $"{soFar.Max?.ToString() ?? "-"} so far"),
        ("mean", Numbers.Text(estimate.Mean, estimate, style.Unicode)),
        ("variance", Numbers.Text(estimate.Variance, estimate, style.Unicode)),
    ];
}
