namespace Blaze.Storage.Core.Functions;

/// <summary>A function failed where it ran. The exception it threw is described by <see cref="Error"/>; its type is not loaded here.</summary>
public sealed class RemoteException : BlazeException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="error">What the function threw.</param>
    /// <param name="task">The key of the task that failed, where known.</param>
    /// <param name="worker">Where it ran, where known.</param>
    public RemoteException(RemoteError error, string? task = null, string? worker = null)
        : base(Sentence(error, task, worker))
    {
        Error = error;
        Task = task;
        Worker = worker;
    }

    /// <summary>What the function threw.</summary>
    public RemoteError Error { get; }

    /// <summary>The key of the task that failed first, where known.</summary>
    public string? Task { get; }

    /// <summary>The worker it failed on, where known.</summary>
    public string? Worker { get; }

    /// <summary>The message, the stack on the worker, and the stack here.</summary>
    public override string ToString() =>
        Error.Stack is null ? base.ToString() : $"{GetType()}: {Message}\n{Error.Stack}\n   --- end of the stack on the worker ---\n{StackTrace}";

    private static string Sentence(RemoteError error, string? task, string? worker)
    {
        var what = task is null ? "A function" : $"'{task}'";
        var where = worker is null ? "" : $" on {worker}";
        var type = error.Type.Length == 0 ? "" : $"{error.Type[(error.Type.LastIndexOf('.') + 1)..]}: ";
        return $"{what} failed{where}: {type}{error.Message}";
    }
}
