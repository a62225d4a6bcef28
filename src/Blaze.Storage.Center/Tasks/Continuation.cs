namespace Blaze.Storage.Center.Tasks;

/// <summary>
/// How a task ends that needs more work: "these new tasks, and my value is that key's". The delta, the detail and the end of
/// the lease take effect together, exactly once; tasks and feed beyond one page are sent ahead.
/// </summary>
/// <param name="Key">The task that continues.</param>
/// <param name="Attempt">The token it was claimed with.</param>
/// <param name="Tasks">New tasks, each after those it depends on. They belong to all jobs of the task.</param>
/// <param name="Alias">The key whose value is this task's: one of <paramref name="Tasks"/>, a task of the table, or a key whose value is stored (see <paramref name="AliasIsStored"/>).</param>
/// <param name="Delta">What the plan adds to the counters of the task's jobs.</param>
/// <param name="Feed">Entries for the feeds of the task's jobs, for example keys of cached blocks. After a lost attempt an entry may come twice.</param>
/// <param name="Detail">JSON text recorded once on the task's jobs; null for none.</param>
/// <param name="AliasIsStored">Declares that the alias need not be in the table because its value is stored.</param>
/// <param name="FirstPage">Number of <see cref="TaskPage"/>s sent before by this attempt.</param>
/// <param name="CostBefore">Sum of the costs of the tasks in those pages.</param>
public sealed record Continuation(
    string Key,
    long Attempt,
    IReadOnlyList<TaskAddition> Tasks,
    string Alias,
    ProgressDelta Delta,
    IReadOnlyList<string> Feed,
    string? Detail,
    bool AliasIsStored = false,
    int FirstPage = 0,
    long CostBefore = 0);
