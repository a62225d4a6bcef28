namespace Blaze.Storage.Core.Values;

/// <summary>A value that cannot be what is asked of it: of another format or type, or damaged. A repeat does not help.</summary>
public sealed class ValueException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">One plain sentence.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ValueException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static ValueException Unfit(in Value value, string name, Type wanted, string detail = "", Exception? cause = null) =>
        new($"The value of {name} is {Description.Of(value)}, not {Description.Of(wanted)}{detail}.", cause);

    internal static ValueException Damaged(string name, string problem, Exception? cause = null) =>
        new($"The value of {name} cannot be read: {problem}", cause);

    internal static ValueException CannotTravel(Type type, Exception cause) =>
        new($"A value of type {Description.NameOf(type)} cannot be turned into bytes: {FirstLine(cause.Message)}", cause);

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
