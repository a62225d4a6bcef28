namespace Blaze.Storage.Api.Jobs;

/// <summary>Some jobs.</summary>
/// <param name="Jobs">The jobs, newest first.</param>
/// <param name="Next">What to give as <c>cursor</c> for the next page; absent at the end.</param>
internal sealed record JobListBody(IReadOnlyList<JobBody> Jobs, string? Next = null);
