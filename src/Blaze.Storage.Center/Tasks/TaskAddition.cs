namespace Blaze.Storage.Center.Tasks;

/// <summary>A task to put into the table; one that is there already is shared.</summary>
/// <param name="Key">The name of its result: no white space, at most 512 bytes of UTF-8.</param>
/// <param name="Recipe">How to compute it; opaque to the center.</param>
/// <param name="Dependencies">Keys that must be done first. One that is not in the table counts as satisfied.</param>
/// <param name="Cost">Its share of the service, in the same unit for all jobs (KiB to read, say); 1 … 2^40.</param>
/// <param name="Bytes">Bytes of the source it covers for the job's progress; above 0 it is a leaf and is accounted for.</param>
public sealed record TaskAddition(string Key, ReadOnlyMemory<byte> Recipe, IReadOnlyList<string> Dependencies, long Cost, long Bytes)
{
    /// <summary>The most places a task may prefer.</summary>
    public const int MaxPlaces = 8;

    /// <summary>
    /// The places it is best run at, at most <see cref="MaxPlaces"/>; empty, the default, for anywhere. Workers elsewhere may take it
    /// once it has been ready for their locality wait, and at once where none of its places is heard of.
    /// </summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>
    /// The places it may run at only, at most <see cref="MaxPlaces"/>; empty, the default, for anywhere. A worker that answers to one of these
    /// may run it; one given as <c>a+b</c> wants both. It stays ready while no such worker is there. <see cref="Places"/> says which of them is best.
    /// </summary>
    public IReadOnlyList<string> HardPlaces { get; init; } = [];

    /// <summary>−100 … 100, added to the priority of its job or session; 0 is usual.</summary>
    public int Priority { get; init; }
}
