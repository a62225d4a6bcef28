using Blaze.Storage.Transfer.Buffers;

namespace Blaze.Storage.Transfer.Tests.Buffers;

public sealed class BufferPoolTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public void Rent_AfterReturn_GivesTheSameMemory()
    {
        using var pool = new BufferPool(8 * Mebibyte);
        using (var first = pool.Rent(3 * Mebibyte))
            first.From(1000, 1).Span[0] = 77;
        Assert.True(pool.IdleBytes >= 3 * Mebibyte);

        using var second = pool.Rent((3 * Mebibyte) - 100);

        Assert.Equal(77, second.From(1000, 1).Span[0]);
        Assert.Equal(0, pool.IdleBytes);
    }

    [Fact]
    public void Dispose_OfABuffer_EndsTheUseOfItsMemory()
    {
        using var pool = new BufferPool(8 * Mebibyte);
        var buffer = pool.Rent(Mebibyte);
        var memory = buffer.From(0, Mebibyte);
        buffer.Dispose();
        buffer.Dispose();

        using var other = pool.Rent(Mebibyte);

        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        Assert.Equal(0, pool.IdleBytes);
    }

    [Fact]
    public void Return_BeyondTheLimit_FreesWhatWasIdleForLongest()
    {
        using var pool = new BufferPool(4 * Mebibyte);
        var buffers = new[] { pool.Rent(Mebibyte), pool.Rent(2 * Mebibyte), pool.Rent(2 * Mebibyte) };
        foreach (var buffer in buffers)
            buffer.Dispose();
        Assert.Equal(4 * Mebibyte, pool.IdleBytes);
        pool.Rent(5 * Mebibyte).Dispose();
        Assert.Equal(4 * Mebibyte, pool.IdleBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_001)]
    public void Rent_OfAnyLength_HasIt(int length)
    {
        using var pool = new BufferPool(Mebibyte);
        using var buffer = pool.Rent(length);
        Assert.Equal(length, buffer.Bytes.Length);
        Assert.InRange(buffer.Capacity, length, (length * 5L / 4) + BufferPool.SmallestBlock);
        Assert.Equal(length, buffer.From(0, long.MaxValue).Length);
        Assert.True(buffer.From(length, 1).IsEmpty);
    }

    [Fact]
    public void Rent_OfMoreThanAPieceCanHold_HasSeveral()
    {
        const long Length = (2L << 30) + 5;
        using var pool = new BufferPool(0);
        using var buffer = pool.Rent(Length);
        buffer.From(Length - 1, 10).Span[0] = 9;
        Assert.Equal(Length, buffer.Bytes.Length);
        Assert.Equal(9, buffer.Bytes.Slice(Length - 1).FirstSpan[0]);
        Assert.Equal(1, buffer.From((1 << 30) - 1, 100).Length);
    }
}
