namespace Blaze.Storage.Center.Tasks;

/// <summary>The answer to a <see cref="StepRequest"/>.</summary>
/// <param name="Completions">
/// A status per completion, in order: <see cref="ScriptStatus.Done"/>, <see cref="ScriptStatus.AlreadyDone"/>, or refused with
/// <see cref="ScriptStatus.NoLease"/>, <see cref="ScriptStatus.OtherOwner"/>, <see cref="ScriptStatus.Cancelled"/> or <see cref="ScriptStatus.Corrupt"/>.
/// </param>
/// <param name="Claimed">The tasks claimed, best first.</param>
/// <param name="Ready">How many entries are left in the ready queue.</param>
/// <param name="Pending">Whether bounded upkeep is left over, so that another call soon is useful.</param>
public sealed record StepReply(IReadOnlyList<ScriptStatus> Completions, IReadOnlyList<ClaimedTask> Claimed, long Ready, bool Pending);
