using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// A function that can be called here: a named operation, or shipped code with its captured values. While it is not disposed its
/// assemblies stay loaded. Captured values are this object's own: nothing a call changes in them is seen by another load.
/// </summary>
public sealed class LoadedFunction : IDisposable
{
    private readonly FunctionShape _shape;
    private readonly object? _target;
    private Action? _release;

    internal LoadedFunction(FunctionShape shape, object? target, Action? release)
    {
        _shape = shape;
        _target = target;
        _release = release;
    }

    /// <summary>The operation's name, or the method's.</summary>
    public string Name => _shape.Name;

    /// <summary>What it takes.</summary>
    public IReadOnlyList<FunctionParameter> Parameters => _shape.Parameters;

    /// <summary>The type of the value in the end: of an async function that of what it gives; <c>void</c> for none.</summary>
    public Type ResultType => _shape.ResultType;

    /// <summary>Calls the function on this thread. What it throws comes through as it is.</summary>
    /// <param name="arguments">One value for each parameter, of its type; optional ones at the end may be left out.</param>
    /// <returns>The value; of an async function the task, see <see cref="AsyncResult"/>.</returns>
    /// <exception cref="FunctionException">There are too few or too many arguments, or null for a number.</exception>
    public object? Invoke(object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return _shape.Invoker(_target, _shape.Fit(arguments));
    }

    /// <summary>Lets the assemblies go; safe to call twice.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
