namespace Blaze.Storage.Core;

/// <summary>
/// The root of every failure the product reports on purpose. The message is one plain sentence that says what happened,
/// where, and what to do; it is fit to be shown to a user as it is.
/// </summary>
public class BlazeException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">One plain sentence: what happened, where, what to do.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public BlazeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
