using System.Globalization;
using Blaze.Storage.Client.Futures;

namespace Blaze.Storage.Samples;

/// <summary>
/// Counts the words of files: one call a file, which a worker reads where it runs (so all see the same files), and one that puts the counts together.
/// </summary>
internal static class WordCount
{
    private const int Shown = 10;

    // A file may have changed since somebody asked for the same one.
    private static readonly CallOptions NotPure = new() { Pure = false };

    public static async Task RunAsync(string[] files, CancellationToken cancellationToken)
    {
        await using var blaze = await Cluster.ConnectAsync(cancellationToken);
        var counts = files.Select(file => blaze.Submit(CountOf, Path.GetFullPath(file), NotPure)).ToList();
        var most = await blaze.Submit(MostFrequent, counts).ResultAsync(cancellationToken);
        foreach (var (word, count) in most)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8} {word}"));
    }

    private static Dictionary<string, long> CountOf(string file)
    {
        var counts = new Dictionary<string, long>();
        foreach (var line in File.ReadLines(file))
        {
            foreach (var word in WordsOf(line))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return counts;
    }

    private static IEnumerable<string> WordsOf(string line)
    {
        for (var (start, end) = (0, 0); end <= line.Length; end++)
        {
            if (end < line.Length && char.IsLetterOrDigit(line[end]))
                continue;
            if (end > start)
                yield return line[start..end].ToLowerInvariant();
            start = end + 1;
        }
    }

    private static KeyValuePair<string, long>[] MostFrequent(Dictionary<string, long>[] all) =>
    [
        .. all.SelectMany(counts => counts).GroupBy(pair => pair.Key, (word, pairs) => KeyValuePair.Create(word, pairs.Sum(pair => pair.Value)))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Shown),
    ];
}
