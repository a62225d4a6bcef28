using System.Buffers;
using System.Numerics;
using Blaze.Storage.Core.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Values;

public sealed class Crc32CTests
{
    [Fact]
    public void Of_TheCheckText_IsThePublishedChecksum()
    {
        Assert.Equal(0xe3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0u, Crc32C.Of([]));
        // RFC 3720, appendix B.4.
        Assert.Equal(0x8a9136aau, Crc32C.Of(new byte[32]));
    }

    [Theory]
    [InlineData(3071)]
    [InlineData(3072)]
    [InlineData(3073)]
    [InlineData(100_000)]
    public void Of_AnyLengthAndAlignment_IsWhatOneByteAfterTheOtherGives(int length)
    {
        var bytes = Bytes(length + 7);
        for (var start = 0; start < 8; start++)
            Assert.Equal(Reference(bytes.AsSpan(start, length - 1)), Crc32C.Of(bytes.AsSpan(start, length - 1)));
    }

    [Fact]
    public void AppendAndCombine_OfAnySplit_GiveTheWholesChecksum()
    {
        var bytes = Bytes(50_000);
        var whole = Crc32C.Of(bytes);
        Prop.ForAll(Gen.Choose(0, bytes.Length).ToArbitrary(), split =>
        {
            var first = bytes.AsSpan(0, split);
            var second = bytes.AsSpan(split);
            return Crc32C.Append(Crc32C.Of(first), second) == whole
                && Crc32C.Combine(Crc32C.Of(first), Crc32C.Of(second), second.Length) == whole
                && Crc32C.Of(Segments.Join(bytes.AsMemory(0, split), bytes.AsMemory(split))) == whole;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Combine_WithALengthBeyond32Bits_IsWhatTwoHalvesGive()
    {
        const long Long = (3L << 40) + 5;
        var once = Crc32C.Combine(0x12345678, 0, Long);
        Assert.Equal(Crc32C.Combine(Crc32C.Combine(0x12345678, 0, Long / 2), 0, Long - (Long / 2)), once);
    }

    private static uint Reference(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
            state = BitOperations.Crc32C(state, value);
        return ~state;
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
