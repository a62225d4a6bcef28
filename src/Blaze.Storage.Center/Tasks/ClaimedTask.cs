namespace Blaze.Storage.Center.Tasks;

/// <summary>A task leased to this worker.</summary>
/// <param name="Key">The name of its result.</param>
/// <param name="Attempt">The token of this lease; every later call about the task carries it. Tokens grow and never repeat.</param>
/// <param name="JobId">The first live job that wants it.</param>
/// <param name="Recipe">How to compute it.</param>
public sealed record ClaimedTask(string Key, long Attempt, string JobId, byte[] Recipe);
