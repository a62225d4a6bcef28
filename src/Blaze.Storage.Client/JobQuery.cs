namespace Blaze.Storage.Client;

/// <summary>Which jobs to list.</summary>
public sealed record JobQuery
{
    /// <summary>Only those in this state; default any.</summary>
    public JobState? State { get; init; }

    /// <summary>Only those of this owner; default anybody's.</summary>
    public string? Owner { get; init; }

    /// <summary>At most how many, 1 … 1,000; default 100.</summary>
    public int Max { get; init; } = 100;

    /// <summary>Where the page before ended; default the newest.</summary>
    public string? Cursor { get; init; }
}
