namespace Blaze.Storage.Adapters.S3.Writing;

/// <summary>How the service wants the ETag of a conditional write spelled, as far as is known.</summary>
internal enum ETagForm
{
    /// <summary>None has worked so far.</summary>
    Unknown,

    /// <summary>Between quotes, as HTTP says.</summary>
    Quoted,

    /// <summary>Without quotes, as Ceph takes it.</summary>
    Bare,
}
