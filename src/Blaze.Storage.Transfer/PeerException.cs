using Blaze.Storage.Core;

namespace Blaze.Storage.Transfer;

/// <summary>A value that could not be had from, or given to, another worker.</summary>
public sealed class PeerException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    public PeerException(PeerErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Kind = kind;

    /// <summary>What a caller can act on.</summary>
    public PeerErrorKind Kind { get; }
}

/// <summary>What a caller can do about a failed transfer.</summary>
public enum PeerErrorKind
{
    /// <summary>The worker does not answer, went away in the middle, or has no memory now: ask another one, or later.</summary>
    Unavailable,

    /// <summary>The worker does not hold the value: ask another one, or compute it again.</summary>
    ValueMissing,

    /// <summary>What came is not what the worker says it has: ask another one, or compute it again.</summary>
    Corrupt,

    /// <summary>The worker will never do it: another cluster's key, a value that is too large, a key it does not accept.</summary>
    Refused,
}
