namespace Blaze.Storage.Center.Sessions;

/// <summary>Tasks of a session that ended together. A hint: it may be missed, and says nothing that <see cref="SessionTable.GetAsync"/> does not.</summary>
/// <param name="Tasks">Each with its key and how it ended. Where <see cref="TaskResult.Format"/> and <see cref="TaskResult.Error"/> are null, the value or the error was too large for the message, or there is none.</param>
public sealed record FinishedTasks(IReadOnlyList<KeyValuePair<string, TaskResult>> Tasks);
