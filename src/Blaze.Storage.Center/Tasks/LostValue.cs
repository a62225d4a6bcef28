namespace Blaze.Storage.Center.Tasks;

/// <summary>A value that a worker needs and could not get.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Asked">
/// The workers that were asked for it: it is lost only where nobody else holds it, since another worker may have missed it before, and it may have been made
/// again. Null where all that is known is that it is gone.
/// </param>
public sealed record LostValue(string Key, IReadOnlyList<string>? Asked);
