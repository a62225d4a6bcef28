namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Why an object store refused, as far as a caller can act on it.</summary>
public enum ObjectStoreErrorKind
{
    /// <summary>Something else; the message says what.</summary>
    Other,

    /// <summary>There is no such resource.</summary>
    NotFound,

    /// <summary>There already is a resource, and the call was to create one.</summary>
    AlreadyExists,

    /// <summary>The resource is not the version the call asked for.</summary>
    PreconditionFailed,

    /// <summary>The store knows who asks, and does not allow it.</summary>
    PermissionDenied,

    /// <summary>The store does not know who asks.</summary>
    Unauthenticated,

    /// <summary>The location cannot be one of a resource in this store.</summary>
    InvalidPath,

    /// <summary>The store cannot do this, or not with this kind of thing.</summary>
    Unsupported,

    /// <summary>Trying again later may help.</summary>
    Transient,
}
