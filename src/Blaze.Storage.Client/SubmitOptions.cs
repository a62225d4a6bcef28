namespace Blaze.Storage.Client;

/// <summary>How a job is submitted.</summary>
public sealed record SubmitOptions
{
    /// <summary>−100 … 100, higher first; 0 is usual.</summary>
    public int Priority { get; init; }

    /// <summary>
    /// A word of the caller's, 1 to 256 characters: submitting the same question under it again, by whichever client, gives the job that is there, for as long as the center remembers
    /// it. Words of different owners have nothing to do with each other. Default: every submission is a job of its own.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How many jobs of the same owner may be running, this one included; 0 for any number, the default.</summary>
    public int MaxRunning { get; init; }
}
