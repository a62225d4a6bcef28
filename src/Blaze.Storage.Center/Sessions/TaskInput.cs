namespace Blaze.Storage.Center.Sessions;

/// <summary>A value a claimed task needs.</summary>
/// <param name="Key">The key as the task names it, even where the value is that of another key.</param>
/// <param name="Value">The value, or where it lies.</param>
public sealed record TaskInput(string Key, TaskValue Value);
