namespace Blaze.Storage.Core.Jobs;

/// <summary>Why a task, and with it a job, failed.</summary>
/// <param name="Type">The exception's type, for example <c>ObjectStoreException</c>.</param>
/// <param name="Message">One plain sentence: what happened, where, what to do.</param>
/// <param name="Kind">The kind a caller can act on (of the object store's errors), where there is one.</param>
/// <param name="Stack">The stack trace on the worker.</param>
/// <param name="Task">The key of the task that failed first.</param>
/// <param name="Worker">The worker it failed on.</param>
public sealed record JobError(string Type, string Message, string? Kind, string? Stack, string? Task, string? Worker);
