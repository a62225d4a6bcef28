using System.Buffers.Text;
using System.Text;

namespace Blaze.Storage.Center.Tasks;

/// <summary>Reads the message with a task that is handed over: key, attempt, session and recipe, separated by a space each.</summary>
internal static class GivenTask
{
    /// <returns>Null where it is no such message.</returns>
    internal static ClaimedTask? Read(ReadOnlySpan<byte> message)
    {
        var rest = message;
        var key = Word(ref rest);
        var attempt = Word(ref rest);
        var session = Word(ref rest);
        if (key.IsEmpty || session.IsEmpty || !Utf8Parser.TryParse(attempt, out long number, out var read) || read != attempt.Length)
            return null;
        return new ClaimedTask(Encoding.UTF8.GetString(key), number, Encoding.UTF8.GetString(session), rest.ToArray());
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        if (end < 0)
            return [];
        var word = rest[..end];
        rest = rest[(end + 1)..];
        return word;
    }
}
