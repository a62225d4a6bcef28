using System.Text;
using System.Text.Json;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// What a function threw, as text: nothing of the exception itself travels. The JSON form is <c>{"type","message","stack"}</c>, which is
/// how a task's error begins.
/// </summary>
/// <param name="Type">The exception's type with its namespace; without one where the worker is not written in .NET.</param>
/// <param name="Message">The exception's message, at most 4,096 characters.</param>
/// <param name="Stack">The stack on the worker, with those of inner exceptions behind it; at most 16,384 characters.</param>
public sealed record RemoteError(string Type, string Message, string? Stack)
{
    /// <summary>The name of the generated method that calls a function; frames from there on are the worker's own.</summary>
    public const string CallFrame = "blaze:call";

    private const int MaxMessage = 4096;
    private const int MaxStack = 16384;

    /// <summary>Describes an exception, without the wrappers that reflection and tasks put around it.</summary>
    public static RemoteError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        while (exception is System.Reflection.TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && exception.InnerException is { } cause)
            exception = cause;
        var stack = new StringBuilder(OwnFrames(exception.StackTrace));
        for (var inner = exception.InnerException; inner is not null && stack.Length < MaxStack; inner = inner.InnerException)
            stack.Append("\n ---> ").Append(TypeOf(inner)).Append(": ").Append(MessageOf(inner)).Append('\n').Append(OwnFrames(inner.StackTrace));
        return new RemoteError(TypeOf(exception), MessageOf(exception), stack.Length == 0 ? null : Shorten(stack.ToString(), MaxStack));
    }

    /// <summary>The error as a task records it.</summary>
    /// <param name="task">The task's key.</param>
    /// <param name="worker">The worker's name.</param>
    public JobError ToJobError(string? task, string? worker) => new(Type, Message, null, Stack, task, worker);

    /// <summary>The JSON form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FunctionJson.Default.RemoteError);

    /// <summary>Reads a task's error; what it does not say is empty.</summary>
    public static RemoteError Parse(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, FunctionJson.Default.RemoteError) is { } error)
                return new RemoteError(error.Type ?? "", error.Message ?? "", error.Stack);
        }
        catch (JsonException)
        {
            return new RemoteError("", json, null);
        }
        return new RemoteError("", json, null);
    }

    private static string TypeOf(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;

    private static string MessageOf(Exception exception)
    {
        try
        {
            return Shorten(exception.Message, MaxMessage);
        }
        catch (Exception problem)
        {
            // The message is code of the function's author, and the failure itself is the news.
            return $"(its message cannot be read: {problem.GetType().Name})";
        }
    }

    private static string OwnFrames(string? stack)
    {
        if (stack is null)
            return "";
        var call = stack.IndexOf(CallFrame, StringComparison.Ordinal);
        if (call < 0)
            return stack;
        var line = stack.LastIndexOf('\n', call);
        return line < 0 ? "" : stack[..line].TrimEnd('\r');
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
