namespace Blaze.Storage.Center.Tasks;

/// <summary>Completes tasks and claims the next ones in one call.</summary>
/// <param name="Worker">Who claims: no white space.</param>
/// <param name="Completions">At most 512 finished tasks.</param>
/// <param name="Claim">How many tasks to claim at most, 0 … 256.</param>
/// <param name="Lease">How long a claim lasts unless renewed.</param>
public sealed record StepRequest(string Worker, IReadOnlyList<Completion> Completions, int Claim, TimeSpan Lease)
{
    /// <summary>The most places a worker may answer to.</summary>
    public const int MaxPlaces = 64;

    /// <summary>The places the worker answers to, at most <see cref="MaxPlaces"/>: tasks that prefer one of them are its own.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>The most demands a worker may offer with one call.</summary>
    public const int MaxDemands = 32;

    /// <summary>The demands of which the worker can take tasks, and how many it can take of each, at most <see cref="MaxDemands"/> (see <see cref="DemandTable"/>). Default: none.</summary>
    public IReadOnlyList<OfferedDemand> Demands { get; init; } = [];

    /// <summary>Whether the worker has nothing to do but what it claims now. If that is nothing, it may be handed the next single task without asking (<see cref="TaskTable.ListenGivenAsync"/>). With nothing to claim it is handed none any more, and among what is claimed is what it was handed and has not heard of. Default: false.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Whether the call does a share of what time brings due, such as leases that ran out. Who calls many times a second may leave it out now and then. Default: true.</summary>
    public bool DoesUpkeep { get; init; } = true;

    /// <summary>Whether only tasks are claimed that may run at certain places only: for workers that cannot run whatever has no place. Default: false.</summary>
    public bool OnlyHardPlaces { get; init; }

    /// <summary>How long a task must have been ready before it may be claimed away from the places it prefers. Default: 300 ms.</summary>
    public TimeSpan LocalityWait { get; init; } = TimeSpan.FromMilliseconds(300);
}
