using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// Which chunks of a job were drawn together. A large job is expanded a block at a time, and all chunks of such a block are
/// computed one after the other: they are neighbours and alike, so they say less than as many chunks drawn one by one.
/// </summary>
internal static class SamplingUnit
{
    // A plan has at most about this many parts; larger jobs have parts that are expanded when it is their turn.
    private const int MostParts = 1024;

    /// <summary>The number of the unit that a chunk belongs to, among those of its source.</summary>
    public static long Of(ByteRange chunk, long wholeBytes)
    {
        var level = 0;
        while (level < Grid.HighestLevel && wholeBytes / Grid.SizeOf(level) > MostParts)
            level++;
        return chunk.Length >= Grid.SizeOf(level) ? chunk.Start / Grid.FinestSize : Block.At(level, chunk.Start).Range.Start / Grid.FinestSize;
    }
}
