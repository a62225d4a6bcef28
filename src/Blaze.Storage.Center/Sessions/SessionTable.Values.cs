using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Sessions;

public sealed partial class SessionTable
{
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
