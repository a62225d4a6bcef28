namespace Blaze.Storage.Client;

/// <summary>How far a job has come. All but <see cref="Running"/> are final.</summary>
public enum JobState
{
    /// <summary>Submitted, and not ended; it may still be waiting for a worker.</summary>
    Running,

    /// <summary>Ended with its exact value.</summary>
    Done,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended because somebody cancelled it.</summary>
    Cancelled,
}
