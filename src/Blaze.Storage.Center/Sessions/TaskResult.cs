using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Sessions;

/// <summary>How a task stands, and how it ended. A task that is done and has neither bytes nor a location keeps its value outside the table.</summary>
/// <param name="State">Its state; <see cref="TaskState.Cancelled"/> also for a key that is not in the table.</param>
/// <param name="Format">The format of its value; null unless it is done and has one.</param>
/// <param name="Inline">Its value, where that lies in the center.</param>
/// <param name="Location">Where its value lies, where that is with workers.</param>
/// <param name="Error">JSON text of its failure; null unless it failed or was cancelled as one that somebody waited for.</param>
public sealed record TaskResult(TaskState State, string? Format, ReadOnlyMemory<byte>? Inline, ResultLocation? Location, string? Error);
