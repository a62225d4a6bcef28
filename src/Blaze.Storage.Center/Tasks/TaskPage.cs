namespace Blaze.Storage.Center.Tasks;

/// <summary>Tasks and feed entries added by a running task before it ends.</summary>
/// <param name="Key">The running task.</param>
/// <param name="Attempt">The token it was claimed with.</param>
/// <param name="Page">Number of the page within the attempt, from 0. A number sent again is not applied again.</param>
/// <param name="CostBefore">Sum of the costs of the tasks in the pages before; keeps the order of the tasks over pages.</param>
/// <param name="Tasks">At most <see cref="MaxTasks"/> new tasks, each after those it depends on.</param>
/// <param name="Feed">Entries for the feeds of the task's jobs, at most <see cref="MaxTasks"/>.</param>
public sealed record TaskPage(string Key, long Attempt, int Page, long CostBefore, IReadOnlyList<TaskAddition> Tasks, IReadOnlyList<string> Feed)
{
    /// <summary>The most tasks, and the most feed entries, of one page.</summary>
    public const int MaxTasks = 512;
}
