using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Futures;

/// <summary>Makes futures of functions and arguments.</summary>
internal sealed class CallFactory(FutureSession session, ClusterKey? clusterKey)
{
    private readonly FunctionCapture _capture = new();
    private readonly ConcurrentDictionary<string, CallFunction> _operations = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<CapturedFunction, CallFunction> _shipped = [];

    /// <summary>Calls a function of this program.</summary>
    public Future<TResult> Submit<TResult>(Delegate function, string? expression, CallOptions? options, params ReadOnlySpan<CallInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        var captured = _capture.Capture(function, expression);
        var called = options?.Name is { } name ? Ship(captured, name) : _shipped.GetValue(captured, plain => Ship(plain, plain.Name));
        return Submit<TResult>(called, captured, options, inputs);
    }

    /// <summary>Calls a named operation.</summary>
    public Future<TResult> SubmitNamed<TResult>(string operation, CallOptions? options, params ReadOnlySpan<CallInput> inputs)
    {
        if (!_operations.TryGetValue(operation, out var function))
            _operations[operation] = function = CallFunction.Named(operation);
        return Submit<TResult>(function, null, options, inputs);
    }

    private Future<TResult> Submit<TResult>(CallFunction function, CapturedFunction? code, CallOptions? options, ReadOnlySpan<CallInput> inputs)
    {
        options ??= CallOptions.Default;
        options.Check();
        var arguments = new CallArgument[inputs.Length];
        IReadOnlyList<FutureEntry> needs = [];
        for (var at = 0; at < inputs.Length; at++)
        {
            arguments[at] = inputs[at].Argument;
            if (inputs[at].Needs.Count > 0)
                needs = needs.Count == 0 ? inputs[at].Needs : [.. needs, .. inputs[at].Needs];
        }

        return new Future<TResult>(session.Submit(function, BuiltCall.Of(function, arguments, options.Policy, options.Pure), code, needs, options));
    }

    private CallFunction Ship(CapturedFunction captured, string name)
    {
        var key = clusterKey ?? throw new FunctionException(
            FunctionErrorKind.NotAllowed,
            "This client has no cluster key, without which no worker runs its functions; give it the key the workers were started with, or submit a named operation.");
        return CallFunction.Shipped(name, captured.Identity, captured.Sign(key));
    }
}
