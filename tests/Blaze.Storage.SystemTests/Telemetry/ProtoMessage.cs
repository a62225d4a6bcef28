using System.Buffers.Binary;
using System.Text;

namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>A message of protocol buffers, taken apart into its fields.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var (number, content) = (0UL, ReadOnlyMemory<byte>.Empty);
            switch (tag & 7)
            {
                case 0:
                    number = Varint(ref bytes);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span);
                    break;
                case 2:
                    content = Take(ref bytes, (int)Varint(ref bytes));
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span);
                    break;
                default:
                    throw new InvalidDataException($"A field of the unknown wire type {tag & 7}.");
            }

            _fields.Add(((int)(tag >> 3), number, content));
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) => _fields.Where(each => each.Field == field).Select(each => new ProtoMessage(each.Bytes));

    public bool Has(int field) => _fields.Exists(each => each.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Last(field).Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(Last(field).Bytes.Span);

    public ulong Number(int field) => Last(field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Last(field).Number);

    private (int Field, ulong Number, ReadOnlyMemory<byte> Bytes) Last(int field) => _fields.LastOrDefault(each => each.Field == field);

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int length)
    {
        if (length > bytes.Length)
            throw new InvalidDataException("The message ends in the middle of a field.");
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(ref bytes, 1).Span[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException("A number of more than 64 bits.");
    }
}
