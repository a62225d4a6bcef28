using System.Buffers;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>Bytes as they are.</summary>
internal sealed class BytesCodec : ValueCodec<byte[]>
{
    public override Value Encode(byte[] value) => value is null ? Null : new Value(ValueFormat.Raw, value);

    public override byte[]? Decode(in Value value, string name)
    {
        if (IsNull(value))
            return null;
        return value.Format == ValueFormat.Raw ? value.Bytes.ToArray() : throw Unfit(value, name);
    }
}

/// <summary>Bytes that nobody writes to, read without a copy.</summary>
internal sealed class ReadOnlyBytesCodec : ValueCodec<ReadOnlyMemory<byte>>
{
    public override Value Encode(ReadOnlyMemory<byte> value) => new(ValueFormat.Raw, value);

    public override ReadOnlyMemory<byte> Decode(in Value value, string name) =>
        value.Format == ValueFormat.Raw ? value.Contiguous() : throw Unfit(value, name);
}

/// <summary>Bytes that may be written to, hence read as a copy.</summary>
internal sealed class WritableBytesCodec : ValueCodec<Memory<byte>>
{
    public override Value Encode(Memory<byte> value) => new(ValueFormat.Raw, value);

    public override Memory<byte> Decode(in Value value, string name) =>
        value.Format == ValueFormat.Raw ? value.Bytes.ToArray() : throw Unfit(value, name);
}
