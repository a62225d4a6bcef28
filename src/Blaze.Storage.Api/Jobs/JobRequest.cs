using System.Text.Json;

namespace Blaze.Storage.Api.Jobs;

/// <summary>A question, as a caller puts it.</summary>
/// <param name="Op">The operation: HIST, ENT, DIFF or STAT.</param>
/// <param name="Sources">URIs of files, directories or globs; several are one question.</param>
internal sealed record JobRequest(string Op, IReadOnlyList<string> Sources)
{
    /// <summary>A part of each source; left out, all of it.</summary>
    public AskedRange? Range { get; init; }

    /// <summary>The operation's parameters by name: numbers, texts or booleans.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Params { get; init; }

    /// <summary>−100 … 100, higher first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether each source gets an answer, and so a job, of its own: also each file that a pattern matches. A directory is one source.</summary>
    public bool Each { get; init; }
}

/// <summary>A range of bytes.</summary>
/// <param name="Start">The first byte; left out, the beginning.</param>
/// <param name="End">The end, exclusive; left out, the source's end.</param>
internal sealed record AskedRange(long? Start = null, long? End = null);
