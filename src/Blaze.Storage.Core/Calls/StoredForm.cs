using System.Buffers;
using System.Text;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>How a call's value is kept where a key has bytes and nothing else: a byte with the length of the format's name, the name, the value's bytes.</summary>
public static class StoredForm
{
    /// <summary>Puts the format before the bytes.</summary>
    public static byte[] Write(in Value value)
    {
        var stored = new byte[1 + value.Format.Length + checked((int)value.Length)];
        stored[0] = (byte)Encoding.ASCII.GetBytes(value.Format, stored.AsSpan(1));
        value.Bytes.CopyTo(stored.AsSpan(1 + stored[0]));
        return stored;
    }

    /// <summary>Reads what <see cref="Write"/> wrote, without a copy.</summary>
    /// <param name="stored">The bytes.</param>
    /// <param name="key">The key, for the error.</param>
    /// <exception cref="BlazeException">The bytes are not of this form.</exception>
    public static Value Read(ReadOnlyMemory<byte> stored, string key)
    {
        var length = stored.IsEmpty ? 0 : stored.Span[0];
        var format = stored.Length > length ? Encoding.ASCII.GetString(stored.Span.Slice(stored.IsEmpty ? 0 : 1, length)) : "";
        return ValueFormat.IsName(format)
            ? new Value(format, stored[(1 + length)..])
            : throw new BlazeException($"What is stored as '{key}' is not the value of a call; remove it, and submit the call again.");
    }
}
