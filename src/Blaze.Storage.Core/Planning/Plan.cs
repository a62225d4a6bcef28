using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Core.Planning;

/// <summary>What is to be done for a question, after everything known was found.</summary>
/// <param name="Tasks">The tasks, each after those it depends on; chunks in the order they should be computed.</param>
/// <param name="Root">The key whose value answers the question.</param>
/// <param name="Known">The feed entries of the parts that are known already.</param>
/// <param name="KnownBytes">The source bytes those stand for.</param>
public sealed record Plan(IReadOnlyList<PlannedTask> Tasks, string Root, IReadOnlyList<FeedEntry> Known, long KnownBytes)
{
    /// <summary>How many chunks the plan speaks of: those it computes and those that are known. Parts that are expanded later add theirs then.</summary>
    public long Blocks => Known.Count + Tasks.Count(task => task.Bytes > 0);
}
