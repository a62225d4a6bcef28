using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Functions;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Runs calls on the thread it is called on; while one waits, for values or in an async function, its slot is another's.</summary>
internal sealed class CallExecutor(
    CallFunctions functions, CallInputs inputs, CallContinuation continuation, SlotGate gate, Lane lane, StuckCalls stuck, TimeProvider time)
{
    private const int CodeWaits = 20;
    private static readonly TimeSpan CodeWait = TimeSpan.FromSeconds(1);

    /// <summary>Runs a call to its outcome.</summary>
    public TaskOutcome Run(HeldTask held)
    {
        var call = CallRecipe.Parse(held.Task.Recipe);
        if (call.Policy.TimeLimit is not { } limit)
            return Run(new RunningCall(held, call, held.Stopped, CancellationToken.None));
        // What functions do when they are stopped is theirs: it must neither keep nor fail the timer.
        using var stop = new CancellationTokenSource();
        using var late = new CancellationTokenSource(limit, time);
        using var afterLimit = late.Token.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), stop);
        using var afterStop = held.Stopped.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), stop);
        var running = new RunningCall(held, call, stop.Token, late.Token);
        var outcome = Run(running);
        return running.IsLate ? running.Stopped() : outcome;
    }

    private TaskOutcome Run(RunningCall running)
    {
        using var uses = new CallUses(stuck, time) { Resources = running.Held.Resources };
        var call = running.Call;
        try
        {
            uses.Function = Await(functions.FindAsync(call, running.Stop));
            if (call.Arguments.Count > 0)
                uses.Values = Await(inputs.FindAsync(running.Held.Task, call.Arguments, running.Stop));
            var arguments = CallArguments.Decode(uses.Function, call.Arguments, key => uses.Values![key], running.Stop);
            return Own(Invoke(running, uses, arguments), uses.Values);
        }
        catch (FunctionException missing) when (missing.Kind == FunctionErrorKind.MissingCode && call.Code is not null && running.Held.Task.Retries < CodeWaits)
        {
            // The center has let it go, and the client stores it again.
            return new TaskOutcome.Retried(RemoteError.From(missing), CodeWait);
        }
        catch (LostInputsException lost)
        {
            return new TaskOutcome.LostInputs(lost.Values);
        }
        catch (OperationCanceledException) when (running.Stop.IsCancellationRequested)
        {
            return running.Stopped();
        }
    }

    private TaskOutcome Invoke(RunningCall running, CallUses uses, object?[] arguments)
    {
        object? result;
        try
        {
            using (lane.Watch(running.Stopped, running.Stop))
                result = uses.Function!.Invoke(arguments);
            // The slot is another's; nobody waits for this.
            if (lane.IsLost)
                return running.Stopped();
            if (AsyncResult.IsAsync(result))
                result = Await(AsyncResult.AwaitAsync(result).AsTask(), running, uses);
        }
        catch (OperationCanceledException) when (running.Stop.IsCancellationRequested)
        {
            return running.Stopped();
        }
        catch (FunctionException)
        {
            throw;
        }
        catch (Exception thrown)
        {
            return running.Threw(RemoteError.From(thrown));
        }

        if (result is Deferred next)
            return next.Encoded is { } known ? new TaskOutcome.Returned(known) : gate.Await(continuation.ContinueAsync(next, running.Stop));
        return new TaskOutcome.Returned(CallArguments.Encode(uses.Function, result));
    }

    private object? Await(Task<object?> result, RunningCall running, CallUses uses)
    {
        uses.KeepUntil(result);
        return gate.Await(result.WaitAsync(running.Stop));
    }

    private static TaskOutcome Own(TaskOutcome outcome, CallValues? values) =>
        outcome is TaskOutcome.Returned returned && values is not null ? new TaskOutcome.Returned(values.Own(returned.Value)) : outcome;

    private T Await<T>(ValueTask<T> value) => value.IsCompletedSuccessfully ? value.Result : gate.Await(value.AsTask());
}
