namespace Blaze.Storage.Center.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Its root task has not ended.</summary>
    Running,

    /// <summary>Its result is stored.</summary>
    Done,

    /// <summary>Its root task failed; the record says why.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
