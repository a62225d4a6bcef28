using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// What a function gives instead of a value when it needs more work: a call, whose value is to be its own, and the calls that one needs. The function
/// has ended by then, so no worker ever waits for another, however deep calls make calls. Nothing is called here: the worker hands the calls
/// to the center.
/// </summary>
/// <example><code>static Deferred&lt;long&gt; Fib(int n) => n &lt; 2 ? n : Deferred.Of(Add, Deferred.Of(Fib, n - 1), Deferred.Of(Fib, n - 2));</code></example>
public abstract partial class Deferred
{
    private protected Deferred(Delegate? function, string? operation, IReadOnlyList<CallPart> parts)
    {
        Function = function;
        Operation = operation;
        Parts = parts;
    }

    /// <summary>The function that is called, or null.</summary>
    public Delegate? Function { get; }

    /// <summary>The named operation that is called, or null.</summary>
    public string? Operation { get; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<CallPart> Parts { get; }

    /// <summary>The value, where there is no need to call anything; otherwise null.</summary>
    public abstract Value? Encoded { get; }

    /// <summary>Calls an operation that workers offer under a name.</summary>
    /// <param name="operation">The name, with <c>@2</c> for a version other than the first.</param>
    /// <param name="arguments">Values, calls, and lists of calls.</param>
    public static Deferred<TResult> Named<TResult>(string operation, params ReadOnlySpan<object?> arguments)
    {
        var parts = new CallPart[arguments.Length];
        for (var at = 0; at < parts.Length; at++)
            parts[at] = CallPart.OfAny(arguments[at]);
        return new Deferred<TResult>(null, CallFunction.Named(operation).Operation, parts);
    }
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Deferred<T> : Deferred
{
    private readonly Value? _value;

    internal Deferred(Delegate? function, string? operation, IReadOnlyList<CallPart> parts)
        : base(function, operation, parts)
    {
    }

    private Deferred(Value value)
        : base(null, null, []) => _value = value;

    /// <inheritdoc/>
    public override Value? Encoded => _value;

#pragma warning disable CA2225 // A named way to make one would say no more than the conversion.
    /// <summary>A value that is known already.</summary>
    public static implicit operator Deferred<T>(T value) => new(ValueFormats.Encode(value));
#pragma warning restore CA2225
}

/// <summary>An argument of a <see cref="Deferred"/>: a value, the value of another call, or a list of these.</summary>
/// <param name="Literal">The value, or null.</param>
/// <param name="Call">The call, or null.</param>
/// <param name="List">The calls of a list, or null.</param>
public sealed record CallPart(Value? Literal, Deferred? Call, IReadOnlyList<CallPart>? List)
{
    internal static CallPart Of<T>(T value) => new(ValueFormats.Encode(value), null, null);

    internal static CallPart OfCall(Deferred call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Encoded is { } value ? new CallPart(value, null, null) : new CallPart(null, call, null);
    }

    internal static CallPart OfList(IEnumerable<Deferred> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return new CallPart(null, null, [.. calls.Select(OfCall)]);
    }

    internal static CallPart OfAny(object? argument) => argument switch
    {
        Deferred call => OfCall(call),
        IEnumerable<Deferred> calls => OfList(calls),
        null => Of<object?>(null),
        _ => new CallPart(ValueFormats.Encode(argument, argument.GetType()), null, null),
    };
}
