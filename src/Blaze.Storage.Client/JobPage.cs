namespace Blaze.Storage.Client;

/// <summary>Some of the recorded jobs.</summary>
/// <param name="Jobs">The jobs, newest first; may be fewer than asked for, or none, although there are more.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record JobPage(IReadOnlyList<JobInfo> Jobs, string? Next);
