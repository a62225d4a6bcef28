using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Core.Values;

/// <summary>
/// CRC-32C (Castagnoli, initial value and final complement as in RFC 3720). Every number here is a finished checksum; the one of
/// no bytes is 0.
/// </summary>
public static class Crc32C
{
    // The instruction takes three cycles and can start every cycle: three independent lanes hide its latency. The way to join them is
    // that of V. Gopal et al., "Fast CRC Computation for iSCSI Polynomial Using CRC32 Instruction" (2011), with tables.
    private const int LaneBytes = 1024;
    private const int LaneWords = LaneBytes / sizeof(ulong);
    private const uint Polynomial = 0x82f63b78;

    // x^(2^k) for k = 0 … 63, reflected: bit 31 is x^0.
    private static readonly uint[] Powers = Squares();
    private static readonly uint[] LaneShift = ShiftTable(LaneBytes);

    /// <summary>The checksum of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of these bytes in their order.</summary>
    public static uint Of(in ReadOnlySequence<byte> bytes)
    {
        var checksum = 0u;
        foreach (var segment in bytes)
            checksum = Append(checksum, segment.Span);
        return checksum;
    }

    /// <summary>The checksum of what had the first one, followed by these bytes.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var state = ~checksum;
        while (bytes.Length >= 3 * LaneBytes)
        {
            state = AppendLanes(state, bytes);
            bytes = bytes[(3 * LaneBytes)..];
        }

        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            state = BitOperations.Crc32C(state, value);
        return ~state;
    }

    /// <summary>The checksum of two parts put together, from their checksums and the second one's length in bytes.</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondLength);
        return Multiply(PowerOf(secondLength), first) ^ second;
    }

    private static uint AppendLanes(uint state, ReadOnlySpan<byte> bytes)
    {
        ref var start = ref MemoryMarshal.GetReference(bytes);
        uint first = state, second = 0, third = 0;
        for (nint at = 0; at < LaneWords; at++)
        {
            first = BitOperations.Crc32C(first, Word(ref start, at));
            second = BitOperations.Crc32C(second, Word(ref start, at + LaneWords));
            third = BitOperations.Crc32C(third, Word(ref start, at + (2 * LaneWords)));
        }

        return ShiftLane(ShiftLane(first) ^ second) ^ third;
    }

    private static ulong Word(ref byte start, nint at)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at * sizeof(ulong)));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    private static uint ShiftLane(uint state) =>
        LaneShift[(byte)state] ^ LaneShift[256 + (byte)(state >> 8)] ^ LaneShift[512 + (byte)(state >> 16)] ^ LaneShift[768 + (state >> 24)];

    // What a state becomes after so many zero bytes, for each of its four bytes alone: the map is linear.
    private static uint[] ShiftTable(int bytes)
    {
        var power = PowerOf(bytes);
        var table = new uint[4 * 256];
        for (var at = 0; at < table.Length; at++)
            table[at] = Multiply(power, (uint)(at & 255) << (8 * (at >> 8)));
        return table;
    }

    private static uint[] Squares()
    {
        var powers = new uint[64];
        powers[0] = 1u << 30;
        for (var k = 1; k < powers.Length; k++)
            powers[k] = Multiply(powers[k - 1], powers[k - 1]);
        return powers;
    }

    // x^(8 · bytes) modulo the polynomial.
    private static uint PowerOf(long bytes)
    {
        var power = 1u << 31;
        for (var k = 3; bytes != 0; bytes >>= 1, k++)
            if ((bytes & 1) != 0)
                power = Multiply(Powers[k % Powers.Length], power);
        return power;
    }

    private static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (var bit = 1u << 31; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0)
                product ^= right;
            right = (right & 1) != 0 ? (right >> 1) ^ Polynomial : right >> 1;
        }

        return product;
    }
}
