using Blaze.Storage.Center.Sessions;

namespace Blaze.Storage.Center.Tasks;

/// <summary>A task leased to this worker.</summary>
/// <param name="Key">The name of its result.</param>
/// <param name="Attempt">The token of this lease; every later call about the task carries it. Tokens grow and never repeat.</param>
/// <param name="JobId">The first live job that wants it; a session's begins with <c>@</c>.</param>
/// <param name="Recipe">How to compute it.</param>
public sealed record ClaimedTask(string Key, long Attempt, string JobId, byte[] Recipe)
{
    /// <summary>How many attempts failed before and were to be repeated (see <see cref="TaskTable.RetryAsync"/>).</summary>
    public int Retries { get; init; }

    /// <summary>
    /// What the table knows of the values it needs, aliases resolved. At most 256 KiB of bytes and 1,000 keys in a reply: what is left out is to
    /// be asked for with <see cref="SessionTable.GetAsync"/>.
    /// </summary>
    public IReadOnlyList<TaskInput> Inputs { get; init; } = [];
}
