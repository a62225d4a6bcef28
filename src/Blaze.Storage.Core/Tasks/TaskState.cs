namespace Blaze.Storage.Core.Tasks;

/// <summary>Where a task stands. The lowercase names are the protocol's.</summary>
public enum TaskState
{
    /// <summary>Waits for other tasks, or for the one whose value is to be its own.</summary>
    Waiting,

    /// <summary>May be claimed.</summary>
    Ready,

    /// <summary>A worker has it, until its lease runs out.</summary>
    Leased,

    /// <summary>Its value is stored.</summary>
    Done,

    /// <summary>It, or a task it waited for, failed; or it was given up.</summary>
    Failed,

    /// <summary>Nobody wants it any more.</summary>
    Cancelled,
}
