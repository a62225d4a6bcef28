namespace Blaze.Storage.Center.Tasks;

/// <summary>
/// The first number of every script's reply: negative refused and nothing changed, 0 nothing to do, positive done. A number
/// keeps its meaning for ever; new ones are added, none is changed.
/// </summary>
public enum ScriptStatus
{
    /// <summary>The owner has as many running jobs as it may have.</summary>
    TooMany = -10,

    /// <summary>What is stored for the task cannot be read; it was set aside as failed.</summary>
    Corrupt = -9,

    /// <summary>The namespace was written by another version of the protocol.</summary>
    ProtocolMismatch = -8,

    /// <summary>A key whose value is lost has no task that could make it again.</summary>
    NoRecipe = -7,

    /// <summary>A page before this one is missing.</summary>
    PageOutOfOrder = -6,

    /// <summary>The tasks wait for each other, or are listed before what they depend on.</summary>
    Cycle = -5,

    /// <summary>The alias is neither in the table nor declared stored.</summary>
    UnknownAlias = -4,

    /// <summary>All jobs that wanted the task have ended.</summary>
    Cancelled = -3,

    /// <summary>The task is leased under another attempt.</summary>
    OtherOwner = -2,

    /// <summary>The task is leased to nobody.</summary>
    NoLease = -1,

    /// <summary>There was nothing to do.</summary>
    Nothing = 0,

    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>The same call had been carried out before; nothing was changed or counted again.</summary>
    AlreadyDone = 2,
}
