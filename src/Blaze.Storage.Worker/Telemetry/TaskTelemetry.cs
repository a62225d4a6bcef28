using System.Diagnostics;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Telemetry;

/// <summary>Tells of the tasks that run: a span and a measurement each. For one thread.</summary>
internal sealed class TaskTelemetry(JobTraces jobs, SlotGate gate, TimeProvider time)
{
    private Activity? _span;
    private string _kind = "";
    private long _started;

    /// <summary>Whether anybody listens; where nobody does, nothing else here is called.</summary>
    public static bool IsWanted => WorkerMetrics.AreTasksWanted || BlazeTelemetry.Traces.HasListeners();

    public void Begin(HeldTask held)
    {
        _kind = TaskKind.Of(held.Task.Recipe);
        _span = BlazeTelemetry.Traces.HasListeners() ? StartSpan(held) : null;
        WorkerMetrics.Running(1);
        _started = time.GetTimestamp();
    }

    public TaskOutcome End(TaskOutcome outcome)
    {
        WorkerMetrics.Ended(_kind, outcome, time.GetElapsedTime(_started).TotalSeconds);
        WorkerMetrics.Running(-1);
        if (_span is { } span)
        {
            Describe(span, outcome);
            span.Dispose();
            _span = null;
        }

        return outcome;
    }

    private Activity? StartSpan(HeldTask held)
    {
        var parent = CallRecipe.IsCall(held.Task.Recipe)
            ? TraceContext.Find(held.Task.Recipe)
            : gate.Await(jobs.OfAsync(held.Task.JobId, held.Stopped));
        // What another task left on this thread is no parent of this one.
        Activity.Current = null;
        var span = BlazeTelemetry.Traces.StartActivity($"task {_kind}", ActivityKind.Consumer, parent);
        span?.SetTag("blaze.task", held.Task.Key);
        span?.SetTag("blaze.job", held.Task.JobId);
        span?.SetTag("blaze.attempt", held.Task.Attempt);
        return span;
    }

    private static void Describe(Activity span, TaskOutcome outcome)
    {
        span.SetTag("blaze.outcome", WorkerMetrics.NameOf(outcome));
        if (outcome is TaskOutcome.Computed computed)
            span.SetTag("blaze.bytes", computed.BytesRead);
        var error = outcome switch
        {
            TaskOutcome.Failed failed => failed.Problem.GetType().Name,
            TaskOutcome.Threw threw => threw.Error.Type,
            TaskOutcome.Retried again => again.Error.Type,
            _ => null,
        };
        if (error is null)
            return;
        span.SetTag("error.type", error);
        span.SetStatus(ActivityStatusCode.Error);
    }
}
