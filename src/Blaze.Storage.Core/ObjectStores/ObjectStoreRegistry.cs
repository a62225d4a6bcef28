namespace Blaze.Storage.Core.ObjectStores;

/// <summary>The stores a process was composed with, by scheme.</summary>
public sealed class ObjectStoreRegistry
{
    private readonly Dictionary<string, IObjectStore> _stores;

    /// <summary>Creates the registry.</summary>
    /// <exception cref="ArgumentException">Two stores serve the same scheme.</exception>
    public ObjectStoreRegistry(params IEnumerable<IObjectStore> stores) => _stores = stores.ToDictionary(store => store.Scheme, StringComparer.Ordinal);

    /// <summary>The schemes served, in order.</summary>
    public IReadOnlyList<string> Schemes => [.. _stores.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The store that serves a location.</summary>
    /// <exception cref="ObjectStoreException">No store serves its scheme (Unsupported).</exception>
    public IObjectStore For(ResourceUri uri) => _stores.TryGetValue(uri.Scheme, out var store) ? store : throw new ObjectStoreException(
        ObjectStoreErrorKind.Unsupported,
        $"'{uri.Display}' cannot be read: there is no store for '{uri.Scheme}://'; known here: {string.Join(", ", Schemes.Select(scheme => scheme + "://"))}.",
        uri.Scheme,
        uri);
}
