using Blaze.Storage.Center;
using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Worker.Resources;

/// <summary>
/// Keeps the board of demands up to date: by messages, and by asking with every heartbeat, or each second while calls wait for resources that others have taken. One
/// that has waited too long gets the worker's resources as they are given back, where the center agrees: not every worker is to make room for the same call.
/// </summary>
internal sealed class DemandWatch(CenterConnection center, CenterRetry retry, string worker, IReadOnlyList<string> places, WorkerOptions options, DemandBoard board, Action wake)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileBlocked = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RoomLasts = TimeSpan.FromSeconds(5);
    private const int BeatsPerLease = 3;
    private const int MostListed = 256;

    private readonly Signal _now = new();
    private CallDemand? _asked;

    /// <summary>Watches until cancelled.</summary>
    /// <param name="stopping">No room is made after this: who claims nothing more must not keep others from making it.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        board.Changed += _now.Set;
        await using var leaving = stopping.Register(_now.Set);
        await using var listening = await retry.RunAsync(token => center.Demands.ListenAsync(OnDemand, token), cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await AskAsync(stopping.IsCancellationRequested, cancellationToken);
            }
            catch (CenterException problem) when (problem.Kind == CenterErrorKind.Unavailable)
            {
                // It is asked again with the next beat, and claims tell that the center is away.
            }

            var beat = options.Lease / BeatsPerLease;
            await _now.WaitAsync(board.HasBlocked && WhileBlocked < beat ? WhileBlocked : beat, options.TimeProvider, cancellationToken);
        }
    }

    private void OnDemand(CallDemand demand)
    {
        if (board.Hear(demand))
            wake();
    }

    private async Task AskAsync(bool isStopping, CancellationToken cancellationToken)
    {
        if (isStopping)
            board.MakeRoom(null);
        // Whom it has made room for is served, or gone.
        if (_asked is { } before && board.Room != before)
        {
            await center.Demands.MakeRoomAsync(worker, places, before, TimeSpan.Zero, cancellationToken);
            _asked = null;
            wake();
        }

        var heard = board.Heard;
        var wanted = isStopping ? null : _asked ?? board.LongestBlocked(Patience);
        if (wanted is null)
        {
            Refresh(await center.Demands.ListAsync(worker, cancellationToken), heard);
            return;
        }

        var (mayMake, demands) = await center.Demands.MakeRoomAsync(worker, places, wanted, RoomLasts, cancellationToken);
        Refresh(demands, heard);
        board.MakeRoom(mayMake ? wanted : null);
        if (_asked is not null && board.Room is null)
            wake();
        _asked = board.Room;
    }

    private void Refresh(IReadOnlyList<CallDemand> demands, long heard)
    {
        // Of more than are listed those that are missing may be there all the same.
        if (board.Refresh(demands, demands.Count < MostListed ? heard : -1))
            wake();
    }
}
