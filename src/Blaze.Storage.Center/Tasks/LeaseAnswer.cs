namespace Blaze.Storage.Center.Tasks;

/// <summary>What became of a lease that was to be renewed.</summary>
public enum LeaseAnswer
{
    /// <summary>It lasts on.</summary>
    Renewed,

    /// <summary>Nobody wants the task any more; stop working on it.</summary>
    Cancelled,

    /// <summary>It ended; somebody else may have the task. Stop working on it.</summary>
    Lost,
}
