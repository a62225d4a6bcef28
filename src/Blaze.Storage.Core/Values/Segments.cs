using System.Buffers;

namespace Blaze.Storage.Core.Values;

/// <summary>Puts pieces of memory together to a sequence, without a copy.</summary>
public static class Segments
{
    /// <summary>The pieces in their order.</summary>
    public static ReadOnlySequence<byte> Join(params ReadOnlySpan<ReadOnlyMemory<byte>> pieces)
    {
        if (pieces.Length <= 1)
            return pieces.IsEmpty ? default : new ReadOnlySequence<byte>(pieces[0]);
        var first = new Segment(pieces[0], null);
        var last = first;
        foreach (var piece in pieces[1..])
            last = new Segment(piece, last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
