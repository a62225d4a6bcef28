namespace Blaze.Storage.Center.Tasks;

/// <summary>A job to record and start. Submitting the same id again changes nothing.</summary>
/// <param name="JobId">No white space, no comma, at most 128 bytes of UTF-8.</param>
/// <param name="Spec">What the user asked for; opaque to the center.</param>
/// <param name="Priority">−100 … 100, higher first; 0 is usual.</param>
/// <param name="Root">The task whose end is the job's end; ready at once (it has no dependencies).</param>
public sealed record JobSubmission(string JobId, string Spec, int Priority, TaskAddition Root)
{
    /// <summary>Whose job it is; null for nobody's in particular.</summary>
    public string? Owner { get; init; }

    /// <summary>How many jobs of the owner may be running, this one included; 0 for any number.</summary>
    public int MaxRunning { get; init; }

    /// <summary>
    /// Other names for the root task, with which jobs that ask the same share it: the first that is ready is taken, which nobody works on yet, else the first that is free, else the
    /// root's own name. At most 16.
    /// </summary>
    public IReadOnlyList<string> SharedRoots { get; init; } = [];
}
