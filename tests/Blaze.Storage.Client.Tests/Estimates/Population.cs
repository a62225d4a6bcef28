using Blaze.Storage.Client.Estimates;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Client.Tests.Estimates;

/// <summary>A file cut into uneven chunks, of which some are known, some are sampled and the rest is not computed yet.</summary>
internal sealed class Population
{
    private readonly Operation _operation;
    private readonly PlacedChunk[] _chunks;
    private readonly Random _random;

    private Population(Operation operation, PlacedChunk[] chunks, Random random)
    {
        _operation = operation;
        _chunks = chunks;
        _random = random;
    }

    public int Count => _chunks.Length;

    public long Bytes => _chunks.Sum(chunk => chunk.Range.Length);

    public ChunkValue Whole => _operation.Merge([.. _chunks.Select(chunk => chunk.Value)]);

    /// <summary>Draws a population; the value of a chunk is made from its number of bytes.</summary>
    public static Population Draw(Operation operation, int chunks, int seed, Func<Random, ByteRange, ChunkValue> valueOf)
    {
        var random = new Random(seed);
        var drawn = new PlacedChunk[chunks];
        for (var i = 0; i < chunks; i++)
        {
            // One chunk in each block of the finest grid: the estimators look at lengths, not at gaps.
            var start = i * Grid.FinestSize;
            var range = new ByteRange(start, start + (random.Next(60, 1000) * 8));
            drawn[i] = new PlacedChunk(0, range, valueOf(random, range), false);
        }

        return new Population(operation, drawn, random);
    }

    /// <summary>The estimate when some chunks are known and some others, at random, are sampled.</summary>
    public Estimate Sample(int known, int sampled)
    {
        var estimator = Estimator.For(_operation, new Whole(Bytes, 1));
        var chosen = _chunks[..known].Select(chunk => chunk with { Known = true })
            .Concat(Shuffled(_chunks[known..]).Take(sampled))
            .ToList();
        foreach (var chunk in chosen)
            estimator.Add(chunk);
        return estimator.Estimate(_operation.Merge([.. chosen.OrderBy(chunk => chunk.Range).Select(chunk => chunk.Value)]));
    }

    private PlacedChunk[] Shuffled(PlacedChunk[] chunks)
    {
        var shuffled = chunks.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }
}
