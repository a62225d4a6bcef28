using Blaze.Storage.Core;

namespace Blaze.Storage.Center;

/// <summary>A failure of the center. The message is one plain sentence and never holds the password.</summary>
public sealed class CenterException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    public CenterException(CenterErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What a caller can act on.</summary>
    public CenterErrorKind Kind { get; }
}
