using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Planning;

namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// Which chunks of a job were drawn together. A large job is expanded a block at a time, one of very many sources a group of sources at a
/// time, and all chunks of such a part are computed one after the other: they are neighbours and alike, so they say less
/// than as many chunks drawn one by one.
/// </summary>
/// <param name="wholeBytes">The bytes of the whole job.</param>
/// <param name="sources">The number of its sources.</param>
internal sealed class SamplingUnit(long wholeBytes, int sources)
{
    private readonly int _level = LevelOf(wholeBytes);

    /// <summary>The unit that a chunk belongs to.</summary>
    public (int Group, long Place) Of(int source, ByteRange chunk)
    {
        if (sources > Planner.MostExtents)
            return (source / Planner.MostExtents, 0);
        var first = chunk.Length >= Grid.SizeOf(_level) ? chunk.Start : Block.At(_level, chunk.Start).Range.Start;
        return (source, first / Grid.FinestSize);
    }

    private static int LevelOf(long wholeBytes)
    {
        var level = 0;
        while (level < Grid.HighestLevel && wholeBytes / Grid.SizeOf(level) > Planner.MostBlocks)
            level++;
        return level;
    }
}
