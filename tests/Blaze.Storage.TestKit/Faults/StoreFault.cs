namespace Blaze.Storage.TestKit.Faults;

/// <summary>What happens to one call of a <see cref="FaultyStore"/>.</summary>
public enum StoreFault
{
    /// <summary>It goes through.</summary>
    None,

    /// <summary>It fails as Transient, before the store hears of it.</summary>
    Refused,

    /// <summary>The store does it, but the answer is lost: it fails as Transient.</summary>
    AnswerLost,

    /// <summary>The store asks for fewer requests.</summary>
    Throttled,

    /// <summary>It hangs until its token is cancelled; the store never hears of it.</summary>
    Hang,

    /// <summary>The store does it, and then it hangs until its token is cancelled.</summary>
    HangAfter,

    /// <summary>It hangs for ever, whatever happens to its token. Calls that were lent memory fail as Transient instead.</summary>
    Stuck,

    /// <summary>A read gives less than there is, and leaves rubbish behind what it gives; any other call is refused.</summary>
    CutShort,
}
