using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Cli.Pictures;
using Blaze.Storage.Client;
using Spectre.Console;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>A picture of the partial answer that is drawn over itself until it is exact.</summary>
internal sealed class LiveView(Terminal terminal, TimeProvider time) : IJobView
{
    // Drawing takes at most a tenth of the time, however large the picture's data.
    private const int RestPerDrawing = 10;
    private const string ShowCursor = "\e[?25h";

    private readonly RateMeter _rate = new();
    private long _drawn;
    private TimeSpan _cost;

    /// <inheritdoc/>
    public async Task<JobSnapshot> FollowAsync(ICluster cluster, string jobId, CancellationToken cancellationToken)
    {
        var console = terminal.Console!;
        // A second Ctrl-C ends the process in the middle of drawing, when the cursor is hidden.
        EventHandler restore = (_, _) => console.Profile.Out.Writer.Write(ShowCursor);
        AppDomain.CurrentDomain.ProcessExit += restore;
        try
        {
            return await console.Live(new PictureView(Picture.Nothing))
                .Overflow(VerticalOverflow.Crop)
                .StartAsync(display => ShowAsync(display, cluster.FollowAsync(jobId, cancellationToken)));
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= restore;
        }
    }

    private async Task<JobSnapshot> ShowAsync(LiveDisplayContext display, IAsyncEnumerable<JobSnapshot> snapshots)
    {
        JobSnapshot? last = null;
        await foreach (var snapshot in snapshots)
        {
            last = snapshot;
            var rate = _rate.Add(snapshot.Elapsed, snapshot.Bytes.Cached + snapshot.Bytes.Computed);
            if (snapshot.IsTerminal || time.GetElapsedTime(_drawn) >= RestPerDrawing * _cost)
                Draw(display, snapshot, rate);
        }

        return last ?? throw new InvalidOperationException("A job was followed without a snapshot.");
    }

    private void Draw(LiveDisplayContext display, JobSnapshot snapshot, double rate)
    {
        var start = time.GetTimestamp();
        display.UpdateTarget(new PictureView(Frame.Draw(snapshot, rate, terminal.Style)));
        _drawn = time.GetTimestamp();
        _cost = time.GetElapsedTime(start, _drawn);
    }
}
