namespace Blaze.Storage.Core.ObjectStores;

/// <summary>A failure of an object store. The message is one plain sentence with the location and what to do.</summary>
public sealed class ObjectStoreException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="kind">What a caller can act on.</param>
    /// <param name="message">One plain sentence.</param>
    /// <param name="store">The scheme of the store, or empty where none was reached.</param>
    /// <param name="uri">The location, where the text named one.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ObjectStoreException(
        ObjectStoreErrorKind kind, string message, string store = "", ResourceUri? uri = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Store = store;
        Uri = uri;
    }

    /// <summary>What a caller can act on.</summary>
    public ObjectStoreErrorKind Kind { get; }

    /// <summary>Whether the store asks all its callers for fewer requests; such a failure is Transient.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>How long the store asks to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The scheme of the store, or empty where none was reached.</summary>
    public string Store { get; }

    /// <summary>The location, or null where the text named none.</summary>
    public ResourceUri? Uri { get; }

    /// <summary>A text that is no location.</summary>
    /// <param name="text">The text as it was given.</param>
    /// <param name="problem">What is wrong, as the end of a sentence.</param>
    public static ObjectStoreException InvalidLocation(string text, string problem) =>
        new(ObjectStoreErrorKind.InvalidPath, $"'{Printable(text)}' cannot be used as a location: {problem}.");

    /// <summary>A resource that is not there.</summary>
    public static ObjectStoreException NotFound(ResourceUri uri) =>
        new(ObjectStoreErrorKind.NotFound, $"'{uri.Display}' does not exist; check the name, and that this machine can see it.", uri.Scheme, uri);

    /// <summary>A resource that is there although none may be.</summary>
    public static ObjectStoreException AlreadyExists(ResourceUri uri) =>
        new(ObjectStoreErrorKind.AlreadyExists, $"'{uri.Display}' already exists; remove it first or choose another name.", uri.Scheme, uri);

    /// <summary>A resource that changed since its version was taken.</summary>
    public static ObjectStoreException Changed(ResourceUri uri) =>
        new(ObjectStoreErrorKind.PreconditionFailed, $"'{uri.Display}' was changed or replaced while it was in use; run again when nothing writes to it.", uri.Scheme, uri);

    // A message is one line whatever text a user gave.
    private static string Printable(string text)
    {
        var shown = text.Length > 300 ? string.Concat(text.AsSpan(0, 300), "…") : text;
        return string.Concat(shown.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
