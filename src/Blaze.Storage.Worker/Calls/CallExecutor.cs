using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Functions;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Runs calls on the thread it is called on; while one waits, for values or in an async function, its slot is another's.</summary>
internal sealed class CallExecutor(CallFunctions functions, CallInputs inputs, CallContinuation continuation, SlotGate gate, TimeProvider time)
{
    /// <summary>Runs a call to its outcome.</summary>
    public TaskOutcome Run(HeldTask held)
    {
        var call = CallRecipe.Parse(held.Task.Recipe);
        if (call.Policy.TimeLimit is not { } limit)
            return Run(held, call, held.Stopped);
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, held.Stopped);
        var outcome = Run(held, call, either.Token);
        if (!late.IsCancellationRequested || held.Stopped.IsCancellationRequested)
            return outcome;
        return Threw(call, new RemoteError(typeof(TimeoutException).FullName!, $"The call took longer than its time limit of {limit}.", null), held);
    }

    private TaskOutcome Run(HeldTask held, CallRecipe call, CancellationToken stop)
    {
        try
        {
            using var function = Await(functions.FindAsync(call, stop));
            using var found = call.Arguments.Count == 0 ? null : Await(inputs.FindAsync(held.Task, call.Arguments, stop));
            var arguments = CallArguments.Decode(function, call.Arguments, key => found![key], stop);
            var outcome = Invoke(held, call, function, arguments, stop);
            return outcome is TaskOutcome.Returned returned && found is not null ? new TaskOutcome.Returned(found.Own(returned.Value)) : outcome;
        }
        catch (LostInputsException lost)
        {
            return new TaskOutcome.LostInputs(lost.Values);
        }
    }

    private TaskOutcome Invoke(HeldTask held, CallRecipe call, LoadedFunction function, object?[] arguments, CancellationToken stop)
    {
        object? result;
        try
        {
            result = function.Invoke(arguments);
            if (AsyncResult.IsAsync(result))
                result = gate.Await(AsyncResult.AwaitAsync(result).AsTask().WaitAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new TaskOutcome.Stopped();
        }
        catch (FunctionException)
        {
            throw;
        }
        catch (Exception thrown)
        {
            return Threw(call, RemoteError.From(thrown), held);
        }

        if (result is Deferred next)
            return next.Encoded is { } known ? new TaskOutcome.Returned(known) : gate.Await(continuation.ContinueAsync(next, stop));
        return new TaskOutcome.Returned(CallArguments.Encode(function, result));
    }

    private static TaskOutcome Threw(CallRecipe call, RemoteError error, HeldTask held) =>
        call.Policy.Retries is { } retries && held.Task.Retries < retries.Max
            ? new TaskOutcome.Retried(error, retries.DelayBefore(held.Task.Retries))
            : new TaskOutcome.Threw(error);

    private T Await<T>(ValueTask<T> value) => value.IsCompletedSuccessfully ? value.Result : gate.Await(value.AsTask());
}
