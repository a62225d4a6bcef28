using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Worker.Planning;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Execution;

/// <summary>Runs tasks of every kind, one after the other, for one slot.</summary>
internal sealed class TaskRunner(ChunkReader reader, MergeExecutor merges, PlanExecutor plans)
{
    /// <summary>Runs a task to its outcome; whatever it throws becomes one.</summary>
    public TaskOutcome Run(HeldTask held)
    {
        try
        {
            held.Stopped.ThrowIfCancellationRequested();
            return Run(held.Task.Key, Recipe.FromBytes(held.Task.Recipe), held.Stopped);
        }
        catch (OperationCanceledException) when (held.Stopped.IsCancellationRequested)
        {
            return new TaskOutcome.Stopped();
        }
        catch (Exception problem)
        {
            return new TaskOutcome.Failed(problem);
        }
    }

    // The slot's thread is its own, so it may wait for the few tasks that talk to the center or a listing.
    private TaskOutcome Run(string key, Recipe recipe, CancellationToken cancellationToken) => recipe switch
    {
        ChunkRecipe chunk => ChunkExecutor.Run(chunk, reader, cancellationToken),
        MergeRecipe merge => merges.RunAsync(key, merge, reader, cancellationToken).GetAwaiter().GetResult(),
        PlanRecipe plan => plans.PlanAsync(key, plan, cancellationToken).GetAwaiter().GetResult(),
        ExpandRecipe expand => plans.ExpandAsync(key, expand, cancellationToken).GetAwaiter().GetResult(),
        _ => throw new InvalidOperationException($"There is no way to run a {recipe.GetType().Name}."),
    };
}
