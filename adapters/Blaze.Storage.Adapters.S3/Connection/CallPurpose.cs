namespace Blaze.Storage.Adapters.S3.Connection;

/// <summary>What a call is for.</summary>
internal enum CallPurpose
{
    /// <summary>Reading an object or asking for one.</summary>
    Read,

    /// <summary>Listing a bucket.</summary>
    List,

    /// <summary>Writing or removing an object.</summary>
    Write,

    /// <summary>Writing an object where none may be.</summary>
    Create,
}
