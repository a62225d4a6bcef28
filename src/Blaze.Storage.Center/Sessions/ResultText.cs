using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Sessions;

/// <summary>
/// The protocol's form of values: <c>i format bytes</c>, or <c>w format length checksum worker,worker</c>; and of messages about
/// ended tasks. Null or nothing for what is in no such form.
/// </summary>
internal static class ResultText
{
    private const int MaxFormat = 64;
    private const byte Space = (byte)' ';

    internal static byte[] Of(TaskValue value)
    {
        if (value.Format.Length is 0 or > MaxFormat || value.Format.Any(c => c is <= ' ' or > '~'))
            throw Invalid($"'{value.Format}' cannot name a format: a name has 1 to {MaxFormat} visible ASCII characters.");
        if (value.Location is { } location)
        {
            return Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"w {value.Format} {location.Length} {location.Checksum:x8} {string.Join(',', location.Workers)}"));
        }

        var inline = value.Inline ?? throw Invalid($"The value in the format {value.Format} has neither bytes nor a location.");
        if (inline.Length > TaskValue.MaxInline)
            throw Invalid($"A value of {inline.Length} bytes is too large for the center; it takes {TaskValue.MaxInline}.");
        var text = new byte[value.Format.Length + 3 + inline.Length];
        text[0] = (byte)'i';
        text[1] = Space;
        Encoding.ASCII.GetBytes(value.Format, text.AsSpan(2));
        text[value.Format.Length + 2] = Space;
        inline.Span.CopyTo(text.AsSpan(value.Format.Length + 3));
        return text;
    }

    internal static TaskValue? Read(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var end = span.Length < 4 ? -1 : span[2..].IndexOf(Space);
        if (end <= 0)
            return null;
        var format = Encoding.ASCII.GetString(span.Slice(2, end));
        if (span[0] == (byte)'i')
            return new TaskValue(format, text[(end + 3)..], null);
        var words = Encoding.UTF8.GetString(span[(end + 3)..]).Split(' ');
        return span[0] == (byte)'w' && words.Length == 3
            && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && uint.TryParse(words[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum)
            ? new TaskValue(format, null, new ResultLocation(words[2].Split(','), length, checksum))
            : null;
    }

    /// <summary>Each entry: length of the key, letter of the state, length of value or error or -, with a space behind each; then both.</summary>
    internal static FinishedTasks ReadFinished(ReadOnlyMemory<byte> message)
    {
        var tasks = new List<KeyValuePair<string, TaskResult>>();
        while (message.Length > 0)
        {
            var span = message.Span;
            if (!Utf8Parser.TryParse(span, out int keyLength, out var at) || span.Length < at + 4)
                break;
            var state = StateOf((char)span[at + 1]);
            var head = at + 3;
            var length = 0;
            if (span[head] == (byte)'-')
                at = head + 1;
            else if (Utf8Parser.TryParse(span[head..], out length, out var digits))
                at = head + digits;
            if (keyLength < 0 || length < 0 || span.Length < at + 1 + keyLength + length)
                break;
            var key = Encoding.UTF8.GetString(span.Slice(at + 1, keyLength));
            var rest = message.Slice(at + 1 + keyLength, length);
            tasks.Add(new(key, length == 0 ? new TaskResult(state, null, null, null, null) : ResultOf(state, rest)));
            message = message[(at + 1 + keyLength + length)..];
        }

        return new FinishedTasks(tasks);
    }

    internal static TaskState StateOf(char letter) => letter switch
    {
        'w' => TaskState.Waiting,
        'r' => TaskState.Ready,
        'l' => TaskState.Leased,
        'd' => TaskState.Done,
        'f' => TaskState.Failed,
        _ => TaskState.Cancelled,
    };

    private static CenterException Invalid(string message) => new(CenterErrorKind.Invalid, message);

    private static TaskResult ResultOf(TaskState state, ReadOnlyMemory<byte> text)
    {
        if (state != TaskState.Done)
            return new TaskResult(state, null, null, null, Encoding.UTF8.GetString(text.Span));
        var value = Read(text);
        return new TaskResult(state, value?.Format, value?.Inline, value?.Location, null);
    }
}
