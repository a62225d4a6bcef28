using System.Collections.Concurrent;
using System.Text;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

/// <summary>A test of sessions: one named <c>s</c> is open, and what it is told is kept.</summary>
public abstract class SessionTest(ServerFixture fixture) : CenterTest(fixture)
{
    protected const string Session = "s";
    protected static readonly TimeSpan Forever = TimeSpan.FromHours(1);
    private readonly ConcurrentQueue<KeyValuePair<string, TaskResult>> _heard = new();
    private readonly SemaphoreSlim _news = new(0);

    protected SessionTable Sessions => Center.Sessions;

    /// <summary>Everything the session was told so far.</summary>
    protected IReadOnlyList<KeyValuePair<string, TaskResult>> Heard => [.. _heard];

    protected static TaskValue Inline(string text) => new("json", Encoding.UTF8.GetBytes(text), null);

    protected static TaskValue At(string worker) => new("npy", null, new ResultLocation([worker], 1L << 40, 0xdeadbeef));

    protected static TaskAddition Call(string key, params string[] needs) => New(key, dependencies: needs);

    protected static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    protected async Task OpenAsync(string session = Session) =>
        Assert.Equal(ScriptStatus.Done, await Sessions.OpenAsync(session, 0, Forever, "{}", Cancellation));

    protected Task<IReadOnlyList<TaskState>> SubmitAsync(params TaskAddition[] tasks) => Sessions.SubmitAsync(Session, tasks, Cancellation);

    protected Task<IReadOnlyList<TaskState>> SubmitForAsync(string session, params TaskAddition[] tasks) => Sessions.SubmitAsync(session, tasks, Cancellation);

    protected Task<ScriptStatus> ReleaseAsync(params string[] keys) => Sessions.ReleaseAsync(Session, keys, Cancellation);

    protected async Task<TaskResult> GetAsync(string key) => (await Sessions.GetAsync([key], Cancellation))[0];

    protected async Task<ScriptStatus> CompleteAsync(ClaimedTask task, TaskValue? value) =>
        (await Tasks.StepAsync(new StepRequest(Worker, [new Completion(task.Key, task.Attempt, 0, false) { Result = value }], 0, Lease), Cancellation)).Completions[0];

    /// <summary>Claims the one task there is and completes it.</summary>
    protected async Task<ClaimedTask> RunOneAsync(string key, TaskValue? value)
    {
        var task = await ClaimOneAsync();
        Assert.Equal(key, task.Key);
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(task, value));
        return task;
    }

    protected Task<IAsyncDisposable> ListenAsync(string session = Session) => Sessions.ListenAsync(
        session,
        finished =>
        {
            foreach (var one in finished.Tasks)
                _heard.Enqueue(one);
            _news.Release(finished.Tasks.Count);
        },
        Cancellation);

    /// <summary>Waits until the session was told of so many ends more.</summary>
    protected async Task HearAsync(int count)
    {
        for (var one = 0; one < count; one++)
            await _news.WaitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    protected async Task<IReadOnlyList<string>> FieldsAsync(string hash) =>
        [.. (await Center.Server.RunAsync(database => database.HashKeysAsync(KeyOf(hash)), Cancellation)).Select(field => field.ToString()).Order()];
}
