namespace Blaze.Storage.Api.Access;

/// <summary>What an API key is good for.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To submit and cancel jobs, and to put and delete values.</summary>
    Submit = 1,

    /// <summary>To look at one's own jobs, events, results and values, and at the workers.</summary>
    Read = 2,

    /// <summary>Everything, with what belongs to anybody.</summary>
    Admin = 4,
}
