using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Results;

namespace Blaze.Storage.Worker.Execution;

/// <summary>How a task ended on this worker.</summary>
internal abstract record TaskOutcome
{
    /// <summary>The size of the values it brings along.</summary>
    public virtual long Bytes => 0;

    /// <summary>The task's value was computed.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Repaired">Values of other keys that were lost and computed again on the way.</param>
    /// <param name="BytesRead">The source bytes read.</param>
    /// <param name="BytesRemote">How many of these came from another host.</param>
    internal sealed record Computed(ComputedValue Value, IReadOnlyList<ComputedValue> Repaired, long BytesRead, long BytesRemote) : TaskOutcome
    {
        public override long Bytes => Value.Body.Length + Repaired.Sum(value => (long)value.Body.Length);
    }

    /// <summary>A call's function returned.</summary>
    /// <param name="Value">Its value.</param>
    internal sealed record Returned(Value Value) : TaskOutcome
    {
        public override long Bytes => Value.Length;
    }

    /// <summary>A call's function asked for other calls, one of which has its value.</summary>
    /// <param name="Tasks">The calls, each after those it needs.</param>
    /// <param name="Key">The key of the one whose value it is.</param>
    internal sealed record CalledOn(IReadOnlyList<TaskAddition> Tasks, string Key) : TaskOutcome;

    /// <summary>A call's function threw.</summary>
    /// <param name="Error">What.</param>
    internal sealed record Threw(RemoteError Error) : TaskOutcome;

    /// <summary>A call's function threw, and the call is to be tried again.</summary>
    /// <param name="Error">What.</param>
    /// <param name="Delay">Not before this has passed.</param>
    internal sealed record Retried(RemoteError Error, TimeSpan Delay) : TaskOutcome;

    /// <summary>The task's value will be that of the plan's root.</summary>
    /// <param name="Plan">What is to be done.</param>
    /// <param name="BytesTotal">The source bytes the job is now known to cover; 0 where that was known before.</param>
    /// <param name="Detail">The JSON of the job's detail, for the task that planned it.</param>
    internal sealed record Continued(Plan Plan, long BytesTotal, string? Detail) : TaskOutcome;

    /// <summary>The task cannot be done.</summary>
    /// <param name="Problem">Why.</param>
    internal sealed record Failed(Exception Problem) : TaskOutcome;

    /// <summary>Inputs are gone that only their own tasks can make again.</summary>
    /// <param name="Values">Which.</param>
    internal sealed record LostInputs(IReadOnlyList<LostValue> Values) : TaskOutcome;

    /// <summary>The task was stopped: cancelled, taken over by another worker, or given back by a stopping one.</summary>
    internal sealed record Stopped : TaskOutcome;
}
