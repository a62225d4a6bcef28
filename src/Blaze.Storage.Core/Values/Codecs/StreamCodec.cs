using System.Buffers;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>What a stream still has to give, as bytes; read as a stream over the value's bytes.</summary>
internal sealed class StreamCodec<T> : ValueCodec<T>
    where T : Stream
{
    private const int FirstPiece = 64 << 10;
    private const int LargestPiece = 16 << 20;

    public override Value Encode(T value)
    {
        if (value is null)
            return Null;
        var pieces = new List<ReadOnlyMemory<byte>>();
        for (var size = FirstPiece; ; size = Math.Min(2 * size, LargestPiece))
        {
            var piece = GC.AllocateUninitializedArray<byte>(size);
            var read = value.ReadAtLeast(piece, size, throwOnEndOfStream: false);
            pieces.Add(piece.AsMemory(0, read));
            if (read < size)
                return new Value(ValueFormat.Raw, Segments.Join(CollectionsMarshal.AsSpan(pieces)));
        }
    }

    public override T? Decode(in Value value, string name)
    {
        if (IsNull(value))
            return null;
        return value.Format == ValueFormat.Raw && new SequenceStream(value.Bytes) is T stream ? stream : throw Unfit(value, name);
    }
}

/// <summary>Bytes in memory as a stream that can be read and positioned.</summary>
internal sealed class SequenceStream(ReadOnlySequence<byte> bytes) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= bytes.Length)
            return 0;
        var rest = bytes.Slice(_position);
        var part = rest.Slice(0, Math.Min(rest.Length, buffer.Length));
        part.CopyTo(buffer);
        _position += part.Length;
        return (int)part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new ValueTask<int>(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => bytes.Length });

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The bytes of a value cannot be changed.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The bytes of a value cannot be changed.");
}
