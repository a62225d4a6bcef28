using System.Globalization;
using System.Text;
using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Samples;

/// <summary>
/// Counts the words of files and of objects in S3: one call for each, which a worker reads where it runs (so all see the same files, and have keys of their own
/// for the bucket), and one that puts the counts together.
/// </summary>
internal static class WordCount
{
    private const int Shown = 10;

    // A file may have changed since somebody asked for the same one.
    private static readonly CallOptions NotPure = new() { Pure = false };

    public static async Task RunAsync(string[] sources, CancellationToken cancellationToken)
    {
        await using var blaze = await Cluster.ConnectAsync(cancellationToken);
        var counts = sources.Select(source => blaze.Submit(CountOf, IsInS3(source) ? source : Path.GetFullPath(source), NotPure)).ToList();
        var most = await blaze.Submit(MostFrequent, counts).ResultAsync(cancellationToken);
        foreach (var (word, count) in most)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8} {word}"));
    }

    private static bool IsInS3(string source) => source.StartsWith("s3://", StringComparison.Ordinal);

    private static async Task<Dictionary<string, long>> CountOf(string source) => CountOf(IsInS3(source) ? await LinesOfObjectAsync(source) : File.ReadLines(source));

    // Who asks, and in which region, the environment of the worker says.
    private static async Task<string[]> LinesOfObjectAsync(string source)
    {
        var endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 } text ? new Uri(text) : null;
        using var store = new S3Store(new S3Options { Endpoint = endpoint, PathStyle = endpoint is not null });
        return Encoding.UTF8.GetString(await store.GetAsync(ResourceUri.Parse(source), null, CancellationToken.None)).Split('\n');
    }

    private static Dictionary<string, long> CountOf(IEnumerable<string> lines)
    {
        var counts = new Dictionary<string, long>();
        foreach (var line in lines)
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
