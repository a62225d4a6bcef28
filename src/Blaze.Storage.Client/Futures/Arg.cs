using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client.Futures;

/// <summary>An argument of a call: a value, the value of a future, or a list of futures' values. Both convert to it by themselves.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
public readonly struct Arg<T>
{
    internal Arg(CallInput input) => Input = input;

    internal CallInput Input { get; }

#pragma warning disable CA2225 // Named ways to make one would say no more than the conversions.
    /// <summary>A value, turned into bytes now.</summary>
    /// <exception cref="ValueException">It cannot be turned into bytes.</exception>
    public static implicit operator Arg<T>(T value) => new(CallInput.Of(value));

    /// <summary>The value of a future.</summary>
    public static implicit operator Arg<T>(Future<T> future) => new(CallInput.OfFuture(future));
#pragma warning restore CA2225
}

/// <summary>An argument with the calls it needs.</summary>
internal readonly struct CallInput
{
    // Longer ones would pass through the center again and again.
    private const long MaxLiteralBytes = 1 << 20;

    private CallInput(CallArgument argument, params FutureEntry[] needs)
    {
        Argument = argument;
        Needs = needs;
    }

    public CallArgument Argument { get; }

    public IReadOnlyList<FutureEntry> Needs { get; }

    public static CallInput Of<T>(T value) => OfValue(ValueFormats.Encode(value));

    public static CallInput OfFuture(Future future)
    {
        ArgumentNullException.ThrowIfNull(future);
        return new CallInput(future.AsArgument(), future.Entry);
    }

    public static CallInput OfList(IEnumerable<Future> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        var (elements, needs) = (new List<CallArgument>(), new List<FutureEntry>());
        foreach (var future in futures)
        {
            ArgumentNullException.ThrowIfNull(future, nameof(futures));
            elements.Add(future.AsArgument());
            needs.Add(future.Entry);
        }

        return new CallInput(CallArgument.ListOf(elements), [.. needs]);
    }

    /// <summary>An argument whose type is known at run time only.</summary>
    public static CallInput OfAny(object? argument) => argument switch
    {
        Future future => OfFuture(future),
        IEnumerable<Future> futures => OfList(futures),
        null => OfValue(ValueFormats.Encode<object?>(null)),
        _ => OfValue(ValueFormats.Encode(argument, argument.GetType())),
    };

    private static CallInput OfValue(in Value value) =>
        value.Length <= MaxLiteralBytes
            ? new CallInput(CallArgument.Of(value))
            : throw new BlazeException($"An argument of {value.Length} bytes is too long to travel inside of a call; make it the result of a call, or scatter it, and give its future.");
}
