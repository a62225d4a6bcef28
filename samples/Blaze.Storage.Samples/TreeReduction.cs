using System.Globalization;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;

namespace Blaze.Storage.Samples;

/// <summary>
/// Adds up arrays pair by pair with operations that every worker has. The arrays are made by workers and stay there; a future given as an argument is
/// passed on between them, and all that comes here is the last number.
/// </summary>
internal static class TreeReduction
{
    public static async Task RunAsync(int arrays, int length, CancellationToken cancellationToken)
    {
        await using var blaze = await Cluster.ConnectAsync(cancellationToken);
        var level = Enumerable.Range(0, arrays).Select(first => blaze.SubmitNamed<double[]>("ramp", length, (double)first)).ToList();
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => pair is [var one, var other] ? blaze.SubmitNamed<double[]>("add-arrays", one, other) : pair[0])];

        var sum = await blaze.SubmitNamed<double>("sum", level[0]).ResultAsync(cancellationToken);

        var expected = ((double)length * arrays * (arrays - 1) / 2) + ((double)arrays * length * (length - 1) / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the sum of {arrays} arrays of {length} numbers is {sum}, expected {expected}"));
    }
}
