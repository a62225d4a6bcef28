namespace Blaze.Storage.Core.Decomposition;

/// <summary>
/// The order in which a job's chunks are computed: random within strata of neighbouring chunks, one stratum after the other, so
/// that whatever part is finished is spread over the whole range and can stand for it.
/// </summary>
public static class StratifiedOrder
{
    /// <summary>Orders <paramref name="items"/>, given in the order of their bytes, for computing.</summary>
    /// <param name="items">The chunks; the list is left as it is.</param>
    /// <param name="seed">Equal seeds give equal orders.</param>
    /// <remarks>
    /// About √n strata of √n neighbours each. Every round takes one random chunk of each stratum, the strata in random order.
    /// </remarks>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, int seed)
    {
        var random = new Random(seed);
        var width = Math.Max(1, (int)Math.Sqrt(items.Count));
        var strata = items.Chunk(width).ToArray();
        foreach (var stratum in strata)
            random.Shuffle(stratum);
        var ordered = new List<T>(items.Count);
        var turns = Enumerable.Range(0, strata.Length).ToArray();
        for (var round = 0; round < width; round++)
        {
            random.Shuffle(turns);
            foreach (var turn in turns)
            {
                if (round < strata[turn].Length)
                    ordered.Add(strata[turn][round]);
            }
        }

        return ordered;
    }
}
