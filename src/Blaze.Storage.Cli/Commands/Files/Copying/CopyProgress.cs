using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>Tells on the error output how far a long copy has come: every second at first, every ten seconds later.</summary>
internal sealed class CopyProgress(CopyTotals totals, Terminal terminal, TimeProvider time)
{
    private const int EverySecondUntil = 10;
    private readonly RateMeter _rate = new();

    /// <summary>Waits for a copy's end and tells of it until then.</summary>
    public async Task FollowAsync(Task copy)
    {
        _rate.Add(TimeSpan.Zero, 0);
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        for (var second = 1; await Task.WhenAny(copy, seconds.WaitForNextTickAsync(CancellationToken.None).AsTask()) != copy; second++)
        {
            var rate = _rate.Add(TimeSpan.FromSeconds(second), totals.Bytes);
            if (second <= EverySecondUntil || second % EverySecondUntil == 0)
                await terminal.Error.WriteLineAsync($"blaze: {Line(totals, rate)}");
        }

        await copy;
    }

    /// <summary>How far it has come.</summary>
    /// <param name="totals">What is done.</param>
    /// <param name="rate">Bytes per second lately; 0 where unknown.</param>
    public static string Line(CopyTotals totals, double rate)
    {
        var done = totals.Bytes + totals.Resumed;
        var line = totals.Length is { } length and > 0
            ? $"{Units.Percent((double)done / length)}  {Units.Bytes(done)} of {Units.Bytes(length)}"
            : $"{totals.Files + totals.Skipped} files  {Units.Bytes(done)}";
        if (rate > 0)
            line += $"  {Units.Bytes(rate)}/s";
        if (rate > 0 && totals.Length - done is { } rest and > 0)
            line += $"  {Units.Duration(TimeSpan.FromSeconds(Math.Min(rest / rate, TimeSpan.FromDays(365).TotalSeconds)))} left";
        return line;
    }
}
