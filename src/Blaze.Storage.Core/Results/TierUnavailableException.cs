using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Results;

/// <summary>
/// The durable tier takes no values now: its folder cannot be written, or its disk is full. Work can go on without it, and
/// the message, one plain sentence, is fit to be said once.
/// </summary>
public sealed class TierUnavailableException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    public TierUnavailableException(ResourceUri root, ObjectStoreException innerException)
        : base($"Results are not kept in '{root.Display}': {innerException.Message}", innerException)
    {
        Root = root;
    }

    /// <summary>Where the tier's values lie.</summary>
    public ResourceUri Root { get; }
}
