using System.Globalization;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Sessions;

public sealed partial class SessionTable
{
    /// <summary>
    /// A worker holds a copy of a value that lies with others: from now on it is told when nobody wants the value any more, and may be asked for it.
    /// </summary>
    /// <param name="checksum">CRC-32C of the copy.</param>
    /// <returns>Done; or Nothing, where the key has no such value (any more), or enough workers hold it.</returns>
    public async Task<ScriptStatus> NoteCopyAsync(string worker, string key, uint checksum, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        TaskArguments.CheckKey(key);
        var reply = await _server.EvaluateAsync(CenterScripts.NoteCopies, _keys.All, [worker, key, checksum.ToString("x8", CultureInfo.InvariantCulture)], cancellationToken);
        return ((RedisResult[])reply[1]!).Length == 0 ? ScriptStatus.Done : ScriptStatus.Nothing;
    }

    /// <summary>
    /// Puts values into the table that no task made, as tasks that are done and that the session wants. Whoever needs one that was lost fails: nothing says how to
    /// make it again.
    /// </summary>
    /// <param name="values">Each with its key, which nobody used before.</param>
    /// <exception cref="CenterException">Among others <see cref="CenterErrorKind.SessionEnded"/>.</exception>
    public async Task PutAsync(string session, IReadOnlyList<KeyValuePair<string, TaskValue>> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        var name = Name(session);
        foreach (var page in values.Chunk(ResultPage))
        {
            var arguments = new List<RedisValue>(1 + (2 * page.Length)) { name };
            foreach (var (key, value) in page)
            {
                TaskArguments.CheckKey(key);
                arguments.Add(key);
                arguments.Add(ResultText.Of(value));
            }

            var reply = await _server.EvaluateAsync(CenterScripts.PutValues, _keys.All, [.. arguments], cancellationToken);
            if ((ScriptStatus)(int)reply[0] == ScriptStatus.Cancelled)
            {
                throw new CenterException(
                    CenterErrorKind.SessionEnded,
                    $"The session {session} has ended, because it was closed or its owner did not renew it in time; open another one and put the values again.");
            }
        }
    }
}
