using Blaze.Storage.Center.Scripts;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tasks;

public sealed partial class TaskTable
{
    /// <summary>Adds tasks while the task that makes them runs on.</summary>
    public Task<ScriptStatus> AddTasksAsync(TaskPage page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        TaskArguments.CheckKey(page.Key);
        ArgumentOutOfRangeException.ThrowIfNegative(page.Page);
        ArgumentOutOfRangeException.ThrowIfNegative(page.CostBefore);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Tasks.Count, TaskPage.MaxTasks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Feed.Count, TaskPage.MaxTasks);
        return SendPageAsync(page, cancellationToken);
    }

    /// <summary>Ends a task with more work instead of a value. Sends as many pages as it takes; when called again it sends them again.</summary>
    /// <returns>
    /// Done or AlreadyDone, a refusal of the lease, <see cref="ScriptStatus.Cycle"/>, <see cref="ScriptStatus.UnknownAlias"/> or
    /// <see cref="ScriptStatus.PageOutOfOrder"/>. Tasks of pages sent before a refusal stay; they are the jobs' until these end.
    /// </returns>
    public async Task<ScriptStatus> ContinueAsync(Continuation continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        TaskArguments.CheckContinuation(continuation);
        if (!InOrder(continuation))
            return ScriptStatus.Cycle;
        var tasks = continuation.Tasks.Chunk(TaskPage.MaxTasks).ToArray();
        var feed = continuation.Feed.Chunk(TaskPage.MaxTasks).ToArray();
        var pages = Math.Max(Math.Max(tasks.Length, feed.Length), 1);
        var cost = continuation.CostBefore;
        for (var number = 0; number < pages - 1; number++)
        {
            var page = new TaskPage(
                continuation.Key, continuation.Attempt, continuation.FirstPage + number, cost,
                tasks.ElementAtOrDefault(number) ?? [], feed.ElementAtOrDefault(number) ?? []);
            var status = await SendPageAsync(page, cancellationToken);
            if (status is not (ScriptStatus.Done or ScriptStatus.AlreadyDone))
                return status;
            cost += page.Tasks.Sum(task => task.Cost);
        }

        return await EndAsync(
            continuation, pages - 1, cost, tasks.ElementAtOrDefault(pages - 1) ?? [], feed.ElementAtOrDefault(pages - 1) ?? [], cancellationToken);
    }

    private Task<ScriptStatus> SendPageAsync(TaskPage page, CancellationToken cancellationToken)
    {
        var arguments = new List<RedisValue> { page.Key, page.Attempt, page.Page, page.CostBefore };
        TaskArguments.Append(arguments, page.Tasks);
        arguments.AddRange(page.Feed.Select(entry => (RedisValue)entry));
        return RunAsync(CenterScripts.AddTasks, arguments, cancellationToken);
    }

    private Task<ScriptStatus> EndAsync(
        Continuation continuation, int pages, long cost, TaskAddition[] tasks, string[] feed, CancellationToken cancellationToken)
    {
        var delta = continuation.Delta;
        var arguments = new List<RedisValue>
        {
            continuation.Key, continuation.Attempt, continuation.FirstPage + pages, cost, continuation.Alias,
            continuation.AliasIsStored ? 1 : 0, delta.BlocksTotal, delta.BytesTotal, delta.BlocksCached, delta.BytesCached,
            continuation.Detail ?? "",
        };
        TaskArguments.Append(arguments, tasks);
        arguments.AddRange(feed.Select(entry => (RedisValue)entry));
        return RunAsync(CenterScripts.ContinueTask, arguments, cancellationToken);
    }

    // The script sees one page; what a page needs of a later one only shows here.
    private static bool InOrder(Continuation continuation)
    {
        var places = new Dictionary<string, int>(continuation.Tasks.Count);
        for (var place = 0; place < continuation.Tasks.Count; place++)
            places.TryAdd(continuation.Tasks[place].Key, place);
        return !places.ContainsKey(continuation.Key)
            && !continuation.Tasks.Where((task, place) => task.Dependencies.Any(key => places.TryGetValue(key, out var other) && other >= place)).Any();
    }
}
