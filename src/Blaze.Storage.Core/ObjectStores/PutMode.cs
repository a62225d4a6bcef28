namespace Blaze.Storage.Core.ObjectStores;

/// <summary>What a put does about a resource that is already there.</summary>
public readonly record struct PutMode
{
    private PutMode(bool isCreate, string? expectedVersion)
    {
        IsCreate = isCreate;
        ExpectedVersion = expectedVersion;
    }

    /// <summary>Replaces it.</summary>
    public static PutMode Overwrite => default;

    /// <summary>Fails with AlreadyExists; of several at once exactly one wins.</summary>
    public static PutMode Create => new(true, null);

    /// <summary>Replaces it only at this version, else fails with PreconditionFailed; of several at once exactly one wins.</summary>
    public static PutMode Update(string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return new PutMode(false, version);
    }

    /// <summary>Whether nothing may be there yet.</summary>
    public bool IsCreate { get; }

    /// <summary>The version that must be there, or null.</summary>
    public string? ExpectedVersion { get; }
}
