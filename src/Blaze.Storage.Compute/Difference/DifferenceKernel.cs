using System.Numerics;
using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;

namespace Blaze.Storage.Compute.Difference;

/// <summary>
/// Compares 64 positions at a time into a mask. Equal stretches are skipped 256 bytes at a time; until the list of ranges is
/// full the bits of a mask where runs begin and end are walked, from then on they are only counted.
/// </summary>
internal sealed unsafe class DifferenceKernel(DifferenceOperation operation) : ChunkKernel(operation)
{
    private const int Width = WideBytes.Width;
    private const int Stride = 4 * Width;

    private readonly ByteRange[] _ranges = new ByteRange[DifferenceValue.MostRanges];
    private int _listed;
    private long _differing;
    private long _runs;
    private long _last;
    private long _openStart;
    private ulong _open;

    private protected override void OnBegin()
    {
        _listed = 0;
        _differing = 0;
        _runs = 0;
        _last = -1;
        _openStart = 0;
        _open = 0;
    }

    private protected override void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        var common = Math.Min(owned, Math.Min(first.Length, second.Length));
        fixed (byte* left = first, right = second)
            Compare(left, right, common);
        for (var done = common; done < owned; done += Width)
            Take(Lowest(Math.Min(Width, owned - done)), Position + done, Math.Min(Width, owned - done));
    }

    private protected override ChunkValue OnEnd()
    {
        if (_open != 0 && _listed < _ranges.Length)
            _ranges[_listed++] = new ByteRange(_openStart, Row.End);
        return new DifferenceValue(Row, _differing, _runs, _last, _ranges[.._listed]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare(byte* left, byte* right, int length)
    {
        var done = 0;
        while (length - done >= Width)
        {
            if (_open == 0 && length - done >= Stride && WideBytes.Same(left + done, right + done))
                done = SkipEqual(left, right, done + Width, length);
            else if (_listed < _ranges.Length)
                done = TakeOne(left, right, done);
            else
                done = CountOnly(left, right, done, length);
        }

        if (done < length)
        {
            var mask = 0UL;
            for (var i = 0; done + i < length; i++)
                mask |= left[done + i] == right[done + i] ? 0 : 1UL << i;
            Take(mask, Position + done, length - done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SkipEqual(byte* left, byte* right, int done, int length)
    {
        while (length - done >= Stride && WideBytes.SameFour(left + done, right + done))
            done += Stride;
        return done;
    }

    private int TakeOne(byte* left, byte* right, int done)
    {
        Take(WideBytes.DifferenceMask(left + done, right + done), Position + done, Width);
        return done + Width;
    }

    // Ends where an equal stretch could be skipped.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountOnly(byte* left, byte* right, int done, int length)
    {
        long differing = 0, runs = 0;
        var lastMask = 0UL;
        var lastAt = 0;
        var open = _open;
        while (length - done >= Width)
        {
            var mask = WideBytes.DifferenceMask(left + done, right + done);
            if ((mask | open) == 0 && length - done >= Stride)
                break;
            differing += BitOperations.PopCount(mask);
            runs += BitOperations.PopCount(mask & ~((mask << 1) | open));
            open = mask >> 63;
            lastAt = mask != 0 ? done : lastAt;
            lastMask = mask != 0 ? mask : lastMask;
            done += Width;
        }

        _open = open;
        _differing += differing;
        _runs += runs;
        if (lastMask != 0)
            _last = Position + lastAt + 63 - BitOperations.LeadingZeroCount(lastMask);
        return done;
    }

    private void Take(ulong mask, long position, int length)
    {
        _differing += BitOperations.PopCount(mask);
        _runs += BitOperations.PopCount(mask & ~((mask << 1) | _open));
        if (mask != 0)
            _last = position + 63 - BitOperations.LeadingZeroCount(mask);
        var changes = (mask ^ ((mask << 1) | _open)) & Lowest(length);
        for (; changes != 0 && _listed < _ranges.Length; changes &= changes - 1)
        {
            var at = BitOperations.TrailingZeroCount(changes);
            if ((mask >> at & 1) != 0)
                _openStart = position + at;
            else
                _ranges[_listed++] = new ByteRange(_openStart, position + at);
        }

        _open = mask >> (length - 1) & 1;
    }

    private static ulong Lowest(int bits) => ulong.MaxValue >> (Width - bits);
}
