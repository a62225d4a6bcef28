using System.Buffers;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Core.Values.Arrays;

/// <summary>Memory of one type seen as another, without a copy. Both must fit 2^31 elements.</summary>
internal sealed class CastMemory<TFrom, TTo>(Memory<TFrom> memory) : MemoryManager<TTo>
    where TFrom : unmanaged
    where TTo : unmanaged
{
    public static ReadOnlyMemory<TTo> Of(ReadOnlyMemory<TFrom> memory) =>
        new CastMemory<TFrom, TTo>(MemoryMarshal.AsMemory(memory)).Memory;

    public override Span<TTo> GetSpan() => MemoryMarshal.Cast<TFrom, TTo>(memory.Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = memory.Pin();
        return new MemoryHandle((TTo*)handle.Pointer + elementIndex, pinnable: new Unpinning(handle));
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Unpinning(MemoryHandle handle) : IPinnable
    {
        private MemoryHandle _handle = handle;

        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException("What is pinned here is only let go again.");

        public void Unpin() => _handle.Dispose();
    }
}
