using System.Reflection;
using System.Runtime.CompilerServices;

namespace Blaze.Storage.Worker.Functions;

/// <summary>What async functions return.</summary>
public static class AsyncResult
{
    private static readonly ConditionalWeakTable<Type, Func<object, ValueTask<object?>>> Awaiters = [];

    /// <summary>The type of the value that the task of an async method without value ends with; it has no name outside of .NET.</summary>
    private static readonly Type? NoValue = Generic(EndAtOnceAsync().GetType(), typeof(Task<>))?.GetGenericArguments()[0];

    /// <summary>Whether a function's result is a task, of which the value is yet to come.</summary>
    public static bool IsAsync(object? result) => result is Task or ValueTask || (result is not null && Generic(result.GetType(), typeof(ValueTask<>)) is not null);

    /// <summary>
    /// The value of a result: that of a task once it has ended, null for a task without value, anything else as it is. What the task
    /// threw comes through.
    /// </summary>
    public static ValueTask<object?> AwaitAsync(object? result) =>
        IsAsync(result) ? Awaiters.GetValue(result!.GetType(), FindAwaiter)(result) : new ValueTask<object?>(result);

    /// <summary>The type of the value of a method that returns this type; <c>void</c> for none.</summary>
    internal static Type TypeOf(Type returned) =>
        returned == typeof(Task) || returned == typeof(ValueTask) ? typeof(void)
        : (Generic(returned, typeof(Task<>)) ?? Generic(returned, typeof(ValueTask<>)))?.GetGenericArguments()[0] ?? returned;

    private static Func<object, ValueTask<object?>> FindAwaiter(Type type)
    {
        if (Generic(type, typeof(ValueTask<>)) is { } valueTask)
            return Bind(nameof(OfValueTask), valueTask);
        return Generic(type, typeof(Task<>)) is { } task && task.GetGenericArguments()[0] != NoValue ? Bind(nameof(OfTask), task) : OfNothing;
    }

    private static Func<object, ValueTask<object?>> Bind(string method, Type awaited) =>
        typeof(AsyncResult).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(awaited.GetGenericArguments())
            .CreateDelegate<Func<object, ValueTask<object?>>>();

    private static async ValueTask<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async ValueTask<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;

    private static async ValueTask<object?> OfNothing(object task)
    {
        await (task as Task ?? ((ValueTask)task).AsTask());
        return null;
    }

    private static async Task EndAtOnceAsync() => await Task.Yield();

    private static Type? Generic(Type? type, Type shape)
    {
        for (; type is not null; type = type.BaseType)
            if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == shape)
                return type;
        return null;
    }
}
