using System.Buffers;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Transfer.Buffers;

/// <summary>
/// Bytes outside of the collected heap, at an address that is a multiple of 64. Whoever holds memory of a block that was given back
/// gets an exception instead of another value's bytes.
/// </summary>
internal sealed unsafe partial class NativeBlock : MemoryManager<byte>
{
    // The kernel maps memory of this alignment in pages of this size where it is asked to: a fifth of the cost of the first touch.
    private const int HugePage = 2 << 20;
    private const int CacheLine = 64;
    private const int AdviceHugePage = 14;
    private byte* _start;

    private NativeBlock(byte* start, int length)
    {
        _start = start;
        Length = length;
    }

    /// <summary>Who frees the block when nobody uses it any more: kept alive by memory of the block, as long as somebody has some.</summary>
    public object? Keeper { get; set; }

    /// <summary>The size in bytes.</summary>
    public int Length { get; }

    /// <summary>A block of so many bytes; what they are is not known.</summary>
    public static NativeBlock Allocate(int length)
    {
        var isLarge = length >= HugePage;
        var start = (byte*)NativeMemory.AlignedAlloc((nuint)length, isLarge ? (nuint)HugePage : CacheLine);

        // Only advice: where it is refused, memory comes in small pages.
        if (isLarge && OperatingSystem.IsLinux())
            _ = Advise(start, (nuint)length, AdviceHugePage);
        return new NativeBlock(start, length);
    }

    /// <summary>The same bytes for the next user; this object is of no use any more.</summary>
    public NativeBlock Renewed() => new(Take(), Length);

    /// <summary>Gives the bytes back to the system.</summary>
    public void Free() => NativeMemory.AlignedFree(Take());

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new Span<byte>(_start, Length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)Length);
        return new MemoryHandle(_start + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private byte* Take()
    {
        var start = _start;
        ObjectDisposedException.ThrowIf(start is null, this);
        _start = null;
        return start;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
