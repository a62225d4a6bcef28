using System.Text.RegularExpressions;
using Blaze.Storage.Center;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// Looks now and then whether the cluster still wants the results that are here: the news that it does not may be missed, and nobody
/// sends it for copies. Values under keys that are no results' are whoever's put them there, and stay.
/// </summary>
internal sealed partial class ValueAudit(CenterConnection center, string worker, Lazy<DataStore> store, TimeProvider timeProvider)
{
    private const int PageSize = 512;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private HashSet<string> _unknown = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Period, timeProvider, cancellationToken);
            if (!store.IsValueCreated)
                continue;
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (CenterException problem) when (problem.Kind == CenterErrorKind.Unavailable)
            {
                // Nothing is let go because nobody answers.
            }
        }
    }

    /// <summary>Looks once. What was unknown twice goes: a value may be here a moment before the center hears of it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in store.Value.Keys().Where(key => ResultKey().IsMatch(key)).Chunk(PageSize))
        {
            var results = await center.Sessions.GetAsync(page, cancellationToken);
            for (var at = 0; at < page.Length; at++)
            {
                if (results[at].State == TaskState.Cancelled)
                    unknown.Add(page[at]);
                else if (results[at].Location is { } location && !location.Workers.Contains(worker))
                    store.Value.MarkCopy(page[at]);
            }
        }

        foreach (var key in unknown.Where(_unknown.Contains))
            store.Value.Delete(key);
        _unknown = unknown;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}-[0-9a-f]{32}$")]
    private static partial Regex ResultKey();
}
