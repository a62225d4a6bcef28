using System.Collections.Concurrent;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Turns the calls that a function gave instead of a value into tasks.</summary>
internal sealed class CallContinuation(ICallCapture? capture, CenterConnection center, CenterRetry retry, TimeProvider time)
{
    // A call whose code is gone waits for it some twenty seconds.
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(5);

    // The client has only the code that it submitted itself: what its functions call on is held here.
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _stored = new(StringComparer.Ordinal);

    /// <summary>Stores code again that was stored from here and that the center has let go of, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RenewalPause, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (!_stored.IsEmpty)
                await StoreAsync(new Dictionary<string, ReadOnlyMemory<byte>>(_stored), cancellationToken);
        }
    }

    /// <summary>The outcome: the calls, each after those it needs, and the key of the first.</summary>
    public async Task<TaskOutcome> ContinueAsync(Deferred call, CancellationToken cancellationToken)
    {
        var tasks = new List<TaskAddition>();
        var keys = new Dictionary<Deferred, string>(ReferenceEqualityComparer.Instance);
        var code = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var key = Add(call, tasks, keys, code);
        if (code.Count > 0)
            await StoreAsync(code, cancellationToken);
        return new TaskOutcome.CalledOn(tasks, key);
    }

    private string Add(Deferred call, List<TaskAddition> tasks, Dictionary<Deferred, string> keys, Dictionary<string, ReadOnlyMemory<byte>> code)
    {
        if (keys.TryGetValue(call, out var known))
            return known;
        var arguments = call.Parts.Select(part => ArgumentOf(part, tasks, keys, code)).ToArray();
        var function = FunctionOf(call, code);
        var built = BuiltCall.Of(function, arguments, CallPolicy.Default);
        if (!keys.ContainsValue(built.Key))
            tasks.Add(new TaskAddition(built.Key, built.Recipe, built.Needs, Cost: 1, Bytes: 0) { HardPlaces = function.Places });
        return keys[call] = built.Key;
    }

    private CallArgument ArgumentOf(CallPart part, List<TaskAddition> tasks, Dictionary<Deferred, string> keys, Dictionary<string, ReadOnlyMemory<byte>> code)
    {
        if (part.Call is { } call)
            return CallArgument.Reference(Add(call, tasks, keys, code));
        return part.List is { } list
            ? CallArgument.ListOf([.. list.Select(each => ArgumentOf(each, tasks, keys, code))])
            : CallArgument.Of(part.Literal!.Value);
    }

    private CallFunction FunctionOf(Deferred call, Dictionary<string, ReadOnlyMemory<byte>> code)
    {
        if (call.Operation is { } operation)
            return CallFunction.Named(operation);
        if (capture is null)
            throw new FunctionException(FunctionErrorKind.NotAllowed, "A function asked for a call of another function, but this worker ships none; let it call a named operation, or start the worker with --allow-code and a cluster key.");
        var captured = capture.Capture(call.Function!);
        foreach (var (name, bytes) in captured.Code)
        {
            if (!_stored.ContainsKey(name))
                code[name] = bytes;
        }

        return captured.Function;
    }

    private async Task StoreAsync(Dictionary<string, ReadOnlyMemory<byte>> code, CancellationToken cancellationToken)
    {
        var names = code.Keys.ToArray();
        var known = await retry.RunAsync(token => center.Values.ContainsAsync([.. names.Select(CodeKey.Of)], token), cancellationToken);
        var missing = names.Where((_, at) => !known[at]).Select(name => new StoredValue(CodeKey.Of(name), code[name], Indexed: false)).ToArray();
        if (missing.Length > 0)
            await retry.RunAsync(token => center.Values.PutAsync(missing, token), cancellationToken);
        foreach (var name in names)
            _stored[name] = code[name];
    }
}
