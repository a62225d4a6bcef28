namespace Blaze.Storage.Core.ObjectStores;

/// <summary>What a listing may leave out, so that a store needs not look at it.</summary>
/// <param name="Enters">Whether anything below this directory can matter; a store without directories does not ask.</param>
/// <param name="Takes">Whether this resource is wanted; every store asks, before it looks at the resource.</param>
public sealed record ListFilter(Predicate<ResourceUri> Enters, Predicate<ResourceUri> Takes);
