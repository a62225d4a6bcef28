namespace Blaze.Storage.Core.Functions;

/// <summary>A function that could not be shipped, found or called. What a function throws itself is a <see cref="RemoteError"/>.</summary>
public sealed class FunctionException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="kind">What a caller can act on.</param>
    /// <param name="message">One plain sentence: what happened, where, what to do.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public FunctionException(FunctionErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Kind = kind;

    /// <summary>What a caller can act on.</summary>
    public FunctionErrorKind Kind { get; }
}
