using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>
/// Turns functions of this process into what other processes can run: methods, lambdas, local functions, async methods and iterators,
/// static or with an object. Of a closure only the variables that the function really uses travel. Static fields do not travel: where the
/// function runs they are what their initialisers make them. Safe for any number of threads.
/// </summary>
public sealed class FunctionCapture
{
    /// <summary>The default of <see cref="MaxStateBytes"/>: 1 MiB.</summary>
    public const int DefaultMaxStateBytes = 1 << 20;

    private static readonly ConditionalWeakTable<MethodInfo, ConcurrentDictionary<(Type Delegate, Type? Target), CapturePlan>> Plans = [];
    private static readonly ConditionalWeakTable<Delegate, CapturedFunction> Captured = [];

    /// <summary>The most bytes of captured values one function may carry. Default: 1 MiB. They travel with every call.</summary>
    public int MaxStateBytes { get; init; } = DefaultMaxStateBytes;

    /// <summary>
    /// Says which captured objects are not to travel, besides those that never can (open files and connections, tasks, handles,
    /// <see cref="INotShippable"/>). Default: no others.
    /// </summary>
    public Func<object, bool> Refuses { get; init; } = _ => false;

    /// <summary>Captures a function.</summary>
    /// <param name="function">The function. Of several combined ones none can be captured.</param>
    /// <param name="expression">Its text at the call, from <see cref="CallerArgumentExpressionAttribute"/>; it gives lambdas a name.</param>
    /// <exception cref="FunctionException">It cannot travel; the message names the variable that is the reason and says what to do.</exception>
    public CapturedFunction Capture(Delegate function, string? expression = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Captured.TryGetValue(function, out var known))
            return known;
        if (!function.HasSingleTarget)
            throw new FunctionException(FunctionErrorKind.NotShippable, "A delegate that calls several functions gives several results and cannot be submitted; submit each function by itself.");
        var method = function.Method;
        var target = function.Target;
        var plans = Plans.GetValue(method, _ => new ConcurrentDictionary<(Type Delegate, Type? Target), CapturePlan>());
        var use = (function.GetType(), target?.GetType());
        if (!plans.TryGetValue(use, out var plan))
            plan = plans.GetOrAdd(use, CapturePlan.Of(method, function.GetType(), target));
        var name = plan.NameFor(expression);
        if (plan.Kind == TargetKind.State)
            return plan.Capture(name, target, Refuses, MaxStateBytes);
        var captured = plan.Capture(name);
        return Captured.GetValue(function, _ => captured);
    }
}
