using Blaze.Storage.Core.Recipes;

namespace Blaze.Storage.Core.Planning;

/// <summary>A task that a plan adds.</summary>
/// <param name="Key">The task's key: the name of its value.</param>
/// <param name="Recipe">How the value is computed.</param>
/// <param name="Dependencies">The keys of the tasks of the same plan it waits for.</param>
/// <param name="Cost">Its share of the job's turn, in MiB of source, at least 1.</param>
/// <param name="Bytes">The source bytes a chunk covers; 0 for a task that reads none of its own.</param>
public sealed record PlannedTask(string Key, Recipe Recipe, IReadOnlyList<string> Dependencies, long Cost, long Bytes)
{
    /// <summary>The hosts it is best run at, best first; empty, the default, for anywhere.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}
