using System.Globalization;

namespace Blaze.Storage.Samples;

/// <summary>How many of random points in a square lie in the circle inside it: pi, as good as there are points.</summary>
internal static class MonteCarlo
{
    public static async Task RunAsync(int calls, int points, CancellationToken cancellationToken)
    {
        await using var blaze = await Cluster.ConnectAsync(cancellationToken);
        // Each call has a seed of its own, so it is a pure function: whoever asks again while this runs gets the same numbers.
        var hits = Enumerable.Range(1, calls).Select(seed => blaze.Submit(HitsOf, seed, points)).ToList();
        var total = await blaze.Submit(all => all.Sum(), hits).ResultAsync(cancellationToken);

        var share = total / ((double)calls * points);
        var error = 4 * Math.Sqrt(share * (1 - share) / ((double)calls * points));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pi is {4 * share:0.00000} ± {error:0.00000}"));
    }

    private static long HitsOf(int seed, int points)
    {
        var random = new Random(seed);
        var hits = 0L;
        for (var point = 0; point < points; point++)
        {
            var (x, y) = (random.NextDouble(), random.NextDouble());
            if ((x * x) + (y * y) < 1)
                hits++;
        }

        return hits;
    }
}
