using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core;

namespace Blaze.Storage.Api.Events;

/// <summary>One job followed for all who listen to it.</summary>
internal sealed class JobStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private volatile State _state = new(null, false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public JobStream(BlazeClient client, string jobId) => _following = Task.Run(() => FollowAsync(client, jobId));

    /// <summary>How many listen; the streams' lock guards it.</summary>
    public int Listeners { get; set; }

    /// <summary>The latest moment, and what completes when there may be another one.</summary>
    public (JobMoment? Moment, bool IsOver, Task Changed) Look()
    {
        var state = _state;
        return (state.Moment, state.IsOver, state.Changed.Task);
    }

    /// <summary>Lets everybody who listens look again.</summary>
    public void Nudge() => Set(static state => state);

    /// <summary>Stops following.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync(BlazeClient client, string jobId)
    {
        try
        {
            var moments = SharedTable.IsGraph(jobId)
                ? client.Shared.FollowGraphAsync(jobId, _stop.Token).Select(JobMoment.Of)
                : client.Attach(jobId).FollowAsync(_stop.Token).Select(JobMoment.Of);
            await foreach (var moment in moments)
                Set(state => state with { Moment = moment });
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (BlazeException)
        {
            // Streams end without a last event: their readers connect again, and are told then what is the matter.
        }
        finally
        {
            Set(static state => state with { IsOver = true });
        }
    }

    private void Set(Func<State, State> change)
    {
        while (true)
        {
            var old = _state;
            var next = change(old) with { Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
#pragma warning disable CS0420 // The exchange is a volatile access itself.
            if (Interlocked.CompareExchange(ref _state, next, old) != old)
                continue;
#pragma warning restore CS0420
            old.Changed.TrySetResult();
            return;
        }
    }

    private sealed record State(JobMoment? Moment, bool IsOver, TaskCompletionSource Changed);
}
