using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Output;

/// <summary>How far a job has come, in one line: as many of its parts as fit, the important ones first.</summary>
internal static class ProgressLine
{
    private const string Gap = "  ";

    /// <summary>Writes the line.</summary>
    /// <param name="snapshot">The job.</param>
    /// <param name="rate">Bytes covered per second lately; 0 where unknown.</param>
    /// <param name="width">The most characters.</param>
    /// <param name="unicode">Whether other characters than ASCII may be used.</param>
    /// <param name="bar">Whether a bar is drawn before the numbers.</param>
    public static string Of(JobSnapshot snapshot, double rate, int width, bool unicode, bool bar)
    {
        if (snapshot.Detail is null)
            return Fit(snapshot.Notice ?? "planning ...", width);
        if (snapshot.Notice is { } notice && snapshot.State == JobState.Running)
            return Fit(notice, width);
        var line = bar && width >= 60 ? Bar(Covered(snapshot), width >= 100 ? 30 : 15, unicode) + " " : "";
        line += Units.Percent(Covered(snapshot));
        foreach (var part in Parts(snapshot, rate, unicode))
        {
            if (line.Length + Gap.Length + part.Length <= width)
                line += Gap + part;
        }

        return Fit(line, width);
    }

    /// <summary>The share of the job's bytes that is finished, 0 … 1.</summary>
    public static double Covered(JobSnapshot snapshot) =>
        snapshot.State == JobState.Done ? 1 : double.IsFinite(snapshot.Coverage) ? Math.Clamp(snapshot.Coverage, 0, 1) : 0;

    private static IEnumerable<string> Parts(JobSnapshot snapshot, double rate, bool unicode)
    {
        var bytes = snapshot.Bytes;
        yield return $"{Units.Bytes(bytes.Cached + bytes.Computed)} of {Units.Bytes(bytes.Total)}";
        if (rate > 0)
            yield return $"{Units.Bytes(rate)}/s";
        if (bytes.Total > 0)
            yield return $"cache {Units.Percent((double)bytes.Cached / bytes.Total)}";
        if (Headline.Of(snapshot, unicode) is { } headline)
            yield return headline;
        var rest = bytes.Total - bytes.Cached - bytes.Computed;
        if (rate > 0 && rest > 0 && rest / rate < TimeSpan.FromDays(365).TotalSeconds)
            yield return $"{Units.Duration(TimeSpan.FromSeconds(rest / rate))} left";
    }

    private static string Bar(double share, int width, bool unicode)
    {
        var filled = (int)(share * width);
        return new string(unicode ? '█' : '#', filled) + new string(unicode ? '░' : '.', width - filled);
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width)];
}
