using Blaze.Storage.Core;

namespace Blaze.Storage.Client;

/// <summary>A job was not submitted.</summary>
public sealed class SubmissionException(SubmissionErrorKind kind, string message) : BlazeException(message)
{
    /// <summary>What to do about it.</summary>
    public SubmissionErrorKind Kind { get; } = kind;
}

/// <summary>Why a job was not submitted.</summary>
public enum SubmissionErrorKind
{
    /// <summary>The idempotency key was used for another question, or with another priority.</summary>
    KeyInUse,

    /// <summary>As many jobs of the owner are running as may be.</summary>
    TooManyRunning,
}
