namespace Blaze.Storage.Core.Tasks;

/// <summary>What can happen to a task. The holder's events come with the token of the lease; a stale one never gets this far.</summary>
public enum TaskEvent
{
    /// <summary>All it waits for is done, and it is to be run.</summary>
    InputsDone,

    /// <summary>The key it continued with is done.</summary>
    AliasDone,

    /// <summary>Something it waits for failed.</summary>
    InputFailed,

    /// <summary>A worker claims it.</summary>
    Claim,

    /// <summary>Its holder stored its value.</summary>
    Complete,

    /// <summary>Its holder ends with more work instead of a value.</summary>
    Continue,

    /// <summary>Its holder failed.</summary>
    Fail,

    /// <summary>Its holder gives it back unstarted.</summary>
    Release,

    /// <summary>Its lease ran out, and it may be tried again.</summary>
    LoseLease,

    /// <summary>Its lease ran out once too often.</summary>
    GiveUp,

    /// <summary>Its holder found values it needs lost; they are made again first.</summary>
    LoseInput,

    /// <summary>Its own value was found lost.</summary>
    LoseValue,

    /// <summary>It is come across while no live job wants it.</summary>
    Abandon,

    /// <summary>A job asks for it although it ended without a value, or was wanted by no live job.</summary>
    Restart,

    /// <summary>Its holder failed, and its policy allows to repeat it after a while.</summary>
    Retry,

    /// <summary>The last that wanted it cancels it.</summary>
    Cancel,
}
