using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Sessions;

/// <summary>
/// The sessions: what a client wants for as long as it says so. A session owns tasks as a job does, has no root task, and ends when it is
/// closed or not renewed in time; then what nobody else wants goes, with its values. Every call may be repeated with the same arguments.
/// All fail with <see cref="CenterException"/>; a refusal by the rules is a <see cref="ScriptStatus"/>.
/// </summary>
public sealed partial class SessionTable
{
    // A page of this many is a few milliseconds for the server.
    private const int PageSize = 256;
    private readonly CenterServer _server;
    private readonly ShardKeys _keys;

    internal SessionTable(CenterServer server, ShardKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>Opens a session.</summary>
    /// <param name="session">Its name, never used before: no white space, no comma, at most 64 bytes of UTF-8. Every task carries it, so a short one saves memory.</param>
    /// <param name="priority">−100 … 100, as a job's.</param>
    /// <param name="lease">How long it lasts unless renewed.</param>
    /// <param name="info">JSON text about its owner.</param>
    /// <returns>Done, AlreadyDone where it is open (it is renewed), or Cancelled where one of this name has ended.</returns>
    public Task<ScriptStatus> OpenAsync(string session, int priority, TimeSpan lease, string info, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(info);
        TaskArguments.CheckPriority(priority);
        return RunAsync(CenterScripts.OpenSession, [Name(session), info, priority, TaskArguments.Milliseconds(lease)], cancellationToken);
    }

    /// <summary>Renews a session: Done, or Nothing where it has ended.</summary>
    public Task<ScriptStatus> RenewAsync(string session, TimeSpan lease, CancellationToken cancellationToken) =>
        RunAsync(CenterScripts.RenewSession, [Name(session), TaskArguments.Milliseconds(lease)], cancellationToken);

    /// <summary>
    /// Ends a session: Done, or Nothing where it had ended. Its tasks are refused to workers from then on, and removed in bounded steps,
    /// some of them by this call and the rest by the workers' upkeep.
    /// </summary>
    public async Task<ScriptStatus> CloseAsync(string session, CancellationToken cancellationToken)
    {
        const int sweeps = 64;
        var status = await EndAsync(session, cancellationToken);
        for (var sweep = 0; sweep < sweeps && status == ScriptStatus.Done; sweep++)
        {
            if (await RunAsync(CenterScripts.Sweep, TaskArguments.Upkeep(_server.Options), cancellationToken) == ScriptStatus.Nothing)
                break;
        }

        return status;
    }

    /// <summary>
    /// The session wants these tasks: they are added, or shared where they are there. Any number; each after those it needs. Calls made one
    /// after the other without waiting take effect in this order.
    /// </summary>
    /// <returns>The state of each after the call. What is Done or Failed was so before, and nobody is told again.</returns>
    /// <exception cref="CenterException">Among others <see cref="CenterErrorKind.SessionEnded"/>, and <see cref="CenterErrorKind.Invalid"/> where a task is listed before one it needs.</exception>
    public async Task<IReadOnlyList<TaskState>> SubmitAsync(string session, IReadOnlyList<TaskAddition> tasks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var name = Name(session);
        var pages = new List<Task<RedisResult[]>>(((tasks.Count - 1) / PageSize) + 1);
        for (var from = 0; from < tasks.Count; from += PageSize)
        {
            var count = Math.Min(PageSize, tasks.Count - from);
            var arguments = new List<RedisValue>(2 + (3 * count)) { name };
            TaskArguments.Append(arguments, tasks, from, count);
            pages.Add(_server.EvaluateAsync(CenterScripts.SubmitTasks, _keys.All, [.. arguments], cancellationToken));
        }

        var states = new List<TaskState>(tasks.Count);
        foreach (var reply in await Task.WhenAll(pages))
        {
            switch ((ScriptStatus)(int)reply[0])
            {
                case ScriptStatus.Cancelled:
                    throw new CenterException(
                        CenterErrorKind.SessionEnded,
                        $"The session {session} has ended, because it was closed or its owner did not renew it in time; open another one and submit again.");
                case ScriptStatus.Cycle:
                    throw new CenterException(CenterErrorKind.Invalid, $"Of the tasks for the session {session} one is listed before another that it needs.");
                default:
                    states.AddRange(((string)reply[1]!).Select(ResultText.StateOf));
                    break;
            }
        }

        return states;
    }

    /// <summary>
    /// The session no longer wants these tasks. What nobody else wants goes at once, with its value; what other tasks of the session use
    /// goes when the last of these has ended. Done, or Nothing where it had none of them.
    /// </summary>
    public Task<ScriptStatus> ReleaseAsync(string session, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        EachPageAsync(CenterScripts.LeaveTasks, session, keys, cancellationToken);

    /// <summary>
    /// Cancels tasks that have not ended. One that others want goes on for these, and the session has it no more; any other fails with an error
    /// of type <c>Cancelled</c>, as do those that wait for it. The session is told of both as <see cref="TaskState.Cancelled"/>. Done, or
    /// Nothing where it had none of them that had not ended.
    /// </summary>
    public Task<ScriptStatus> CancelAsync(string session, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        EachPageAsync(CenterScripts.CancelTasks, session, keys, cancellationToken);

    internal Task<ScriptStatus> EndAsync(string session, CancellationToken cancellationToken) =>
        RunAsync(CenterScripts.CloseSession, [Name(session)], cancellationToken);

    private static RedisValue Name(string session)
    {
        TaskArguments.CheckSession(session);
        return "@" + session;
    }

    private async Task<ScriptStatus> EachPageAsync(CenterScript script, string session, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var name = Name(session);
        foreach (var key in keys)
            TaskArguments.CheckKey(key);
        var replies = await Task.WhenAll(keys.Chunk(PageSize).Select(page =>
            _server.EvaluateAsync(script, _keys.All, [name, .. page.Select(key => (RedisValue)key)], cancellationToken)));
        return replies.Any(reply => (ScriptStatus)(int)reply[0] == ScriptStatus.Done) ? ScriptStatus.Done : ScriptStatus.Nothing;
    }

    private async Task<ScriptStatus> RunAsync(CenterScript script, List<RedisValue> arguments, CancellationToken cancellationToken)
    {
        var reply = await _server.EvaluateAsync(script, _keys.All, [.. arguments], cancellationToken);
        return (ScriptStatus)(int)reply[0];
    }
}
