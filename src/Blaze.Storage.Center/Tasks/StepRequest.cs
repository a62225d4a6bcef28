namespace Blaze.Storage.Center.Tasks;

/// <summary>Completes tasks and claims the next ones in one call.</summary>
/// <param name="Worker">Who claims: no white space.</param>
/// <param name="Completions">At most 512 finished tasks.</param>
/// <param name="Claim">How many tasks to claim at most, 0 … 256.</param>
/// <param name="Lease">How long a claim lasts unless renewed.</param>
public sealed record StepRequest(string Worker, IReadOnlyList<Completion> Completions, int Claim, TimeSpan Lease);
