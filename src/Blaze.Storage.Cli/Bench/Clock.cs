using System.Diagnostics;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Times, and what stands for many of them.</summary>
internal static class Clock
{
    /// <summary>How long something took.</summary>
    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The middle one of a list, which is sorted for it.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
