namespace Blaze.Storage.Core.Jobs;

/// <summary>What a user asks: an operation over sources and a range. Recorded by submission, expanded by a worker.</summary>
/// <param name="Op">The operation's name: HIST, ENT, DIFF or STAT.</param>
/// <param name="Parameters">The operation's parameters by name, as text; left out ones have their defaults.</param>
/// <param name="Sources">
/// Canonical URIs: a file, a directory, or a glob. Several are one question (their values are merged in this order); DIFF takes
/// exactly two files.
/// </param>
/// <param name="Start">The first byte of each source, or null for its beginning.</param>
/// <param name="End">The end (exclusive) in each source, or null for its end.</param>
/// <param name="Durable">Whether results are also looked up in and written to the workers' durable cache.</param>
/// <param name="Limits">Where the sources may lie; null for wherever the workers can read.</param>
/// <param name="Owner">Who asked, where somebody asked on their behalf: the name of an API key. Null for whoever reaches the center themselves.</param>
public sealed record JobSpec(
    string Op,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<string> Sources,
    long? Start,
    long? End,
    bool Durable = true,
    SourceLimits? Limits = null,
    string? Owner = null)
{
    /// <summary>The trace it was submitted in, as a W3C <c>traceparent</c>; set by submission, null where none is recorded.</summary>
    public string? Trace { get; init; }
}
