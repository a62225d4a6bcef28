using System.Globalization;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Calls;

/// <summary>One call of a user of the store, from its first attempt to its end.</summary>
/// <param name="uri">What it is about; its authority is what is asked for fewer requests together.</param>
/// <param name="attemptTime">How long one attempt may take.</param>
/// <param name="lendsBuffer">
/// Whether the store is given memory of the caller's. Such an attempt is told to end but never left running, since it could
/// write into, or send, what the caller uses for something else by then.
/// </param>
internal sealed class StoreCall(ResourceUri uri, TimeSpan attemptTime, bool lendsBuffer = false)
{
    public ResourceUri Uri => uri;

    public TimeSpan AttemptTime => attemptTime;

    public bool LendsBuffer => lendsBuffer;

    /// <summary>How many attempts have begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether an attempt failed in a way that leaves open whether the store did what it was asked.</summary>
    public bool MayHaveHappened { get; set; }

    /// <summary>Whether it ended early because all callers together repeat too much.</summary>
    public bool OutOfBudget { get; set; }

    /// <summary>The call's last failure, with how hard it was tried.</summary>
    public ObjectStoreException GaveUp(ObjectStoreException last, TimeSpan elapsed)
    {
        var times = Attempts switch
        {
            0 => "not tried",
            1 => "tried once",
            2 => "tried twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"tried {Attempts} times"),
        };
        var why = OutOfBudget ? ", and not again because too many calls to this store fail" : "";
        return new ObjectStoreException(
            last.Kind,
            string.Create(CultureInfo.InvariantCulture, $"{last.Message.TrimEnd('.')} ({times} in {elapsed.TotalSeconds:0.0} s{why})."),
            last.Store,
            last.Uri ?? uri,
            last)
        {
            IsThrottled = last.IsThrottled,
            RetryAfter = last.RetryAfter,
        };
    }
}
