using System.Globalization;
using Blaze.Storage.Core;

namespace Blaze.Storage.Samples;

/// <summary>The samples; see README.md beside this project.</summary>
internal static class Program
{
    private const string Usage =
        """
        usage: dotnet run -c Release --project samples/Blaze.Storage.Samples -- SAMPLE
          tree [ARRAYS] [LENGTH]   adds up arrays of doubles in a tree (16 of 1000000)
          words SOURCE...          the most frequent words of files and of s3://bucket/key
          pi [CALLS] [POINTS]      pi from random points (64 calls of 1000000)
        """;

    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await RunAsync(arguments, stop.Token);
        }
        catch (BlazeException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 3;
        }
    }

    private static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        switch (arguments)
        {
            case ["tree", .. var sizes] when Numbers(sizes, 16, 1_000_000) is var (arrays, length):
                await TreeReduction.RunAsync(arrays, length, cancellationToken);
                return 0;
            case ["pi", .. var sizes] when Numbers(sizes, 64, 1_000_000) is var (calls, points):
                await MonteCarlo.RunAsync(calls, points, cancellationToken);
                return 0;
            case ["words", .. { Length: > 0 } files]:
                await WordCount.RunAsync(files, cancellationToken);
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    // Two positive numbers where as many or fewer are given; null where they are none.
    private static (int First, int Second)? Numbers(string[] words, int first, int second)
    {
        int[] numbers = [first, second];
        if (words.Length > numbers.Length)
            return null;
        for (var at = 0; at < words.Length; at++)
        {
            if (!int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at]) || numbers[at] == 0)
                return null;
        }

        return (numbers[0], numbers[1]);
    }
}
