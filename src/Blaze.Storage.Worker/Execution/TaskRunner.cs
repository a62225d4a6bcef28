using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Worker.Calls;
using Blaze.Storage.Worker.Planning;
using Blaze.Storage.Worker.Slots;
using Blaze.Storage.Worker.Telemetry;

namespace Blaze.Storage.Worker.Execution;

/// <summary>Runs tasks of every kind, one after the other, for one thread.</summary>
internal sealed class TaskRunner(ChunkReader reader, MergeExecutor merges, PlanExecutor plans, CallExecutor calls, SlotGate gate, TaskTelemetry telemetry)
{
    /// <summary>Runs a task to its outcome; whatever it throws becomes one.</summary>
    public TaskOutcome Run(HeldTask held)
    {
        if (!TaskTelemetry.IsWanted)
            return Execute(held);
        telemetry.Begin(held);
        return telemetry.End(Execute(held));
    }

    private TaskOutcome Execute(HeldTask held)
    {
        try
        {
            held.Stopped.ThrowIfCancellationRequested();
            if (held.Refusal is { } refusal)
                return new TaskOutcome.Failed(refusal);
            return CallRecipe.IsCall(held.Task.Recipe) ? calls.Run(held) : Run(held.Task.Key, Recipe.FromBytes(held.Task.Recipe), held.Stopped);
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

    private TaskOutcome Run(string key, Recipe recipe, CancellationToken cancellationToken) => recipe switch
    {
        ChunkRecipe chunk => ChunkExecutor.Run(chunk, reader, cancellationToken),
        MergeRecipe merge => merges.Run(key, merge, reader, gate, cancellationToken),
        PlanRecipe plan => gate.Await(plans.PlanAsync(key, plan, cancellationToken)),
        ExpandRecipe expand => gate.Await(plans.ExpandAsync(key, expand, cancellationToken)),
        _ => throw new InvalidOperationException($"There is no way to run a {recipe.GetType().Name}."),
    };
}
