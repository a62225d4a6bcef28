using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;

namespace Blaze.Storage.Client.Futures;

/// <summary>Asks the center for results, many in one call: those asked for while a call is under way go together in the next.</summary>
internal sealed class ResultFetcher(CenterConnection center, Patience patience, CancellationToken closing)
{
    private const int MostAtOnce = 512;
    private readonly Lock _lock = new();
    private readonly Queue<(string Key, TaskCompletionSource<TaskResult> Answer)> _asked = new();
    private bool _asking;

    public Task<TaskResult> GetAsync(string key)
    {
        var answer = new TaskCompletionSource<TaskResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _asked.Enqueue((key, answer));
            if (_asking)
                return answer.Task;
            _asking = true;
        }

        _ = AskAsync();
        return answer.Task;
    }

    private async Task AskAsync()
    {
        while (Take() is { } page)
        {
            try
            {
                var keys = page.ConvertAll(asked => asked.Key);
                var results = await patience.RunAsync(token => center.Sessions.GetAsync(keys, token), closing).ConfigureAwait(false);
                for (var at = 0; at < page.Count; at++)
                    page[at].Answer.TrySetResult(results[at]);
            }
            catch (Exception problem)
            {
                // Whoever asked has to hear of it, whatever it is.
                page.ForEach(asked => asked.Answer.TrySetException(problem));
            }
        }
    }

    private List<(string Key, TaskCompletionSource<TaskResult> Answer)>? Take()
    {
        lock (_lock)
        {
            var page = new List<(string, TaskCompletionSource<TaskResult>)>();
            while (page.Count < MostAtOnce && _asked.TryDequeue(out var next))
                page.Add(next);
            _asking = page.Count > 0;
            return _asking ? page : null;
        }
    }
}
