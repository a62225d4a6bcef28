namespace Blaze.Storage.Center.Tasks;

/// <summary>The answer to a <see cref="StepRequest"/>.</summary>
/// <param name="Completions">
/// A status per completion, in order: <see cref="ScriptStatus.Done"/>, <see cref="ScriptStatus.AlreadyDone"/>, or refused with
/// <see cref="ScriptStatus.NoLease"/>, <see cref="ScriptStatus.OtherOwner"/>, <see cref="ScriptStatus.Cancelled"/> or <see cref="ScriptStatus.Corrupt"/>.
/// </param>
/// <param name="Claimed">The tasks claimed, best first.</param>
/// <param name="Ready">How many tasks are left ready, those of other places included.</param>
/// <param name="Pending">Whether bounded upkeep is left over, so that another call soon is useful.</param>
/// <param name="UntilOthers">How long until a task that was left to its places, or is to be tried again later, may be claimed; null where there is none.</param>
public sealed record StepReply(IReadOnlyList<ScriptStatus> Completions, IReadOnlyList<ClaimedTask> Claimed, long Ready, bool Pending, TimeSpan? UntilOthers);
