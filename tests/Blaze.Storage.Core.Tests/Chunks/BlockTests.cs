using Blaze.Storage.Core.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Chunks;

public sealed class BlockTests
{
    private static readonly Arbitrary<Block> Blocks = Arb.From(
        from level in Gen.Choose(1, Grid.HighestLevel - 1)
        from offset in Arbitraries.Offset
        select Block.At(level, offset / 2));

    [Fact]
    public void Child_OfAnyBlock_TilesItAndKnowsItsParent() => Prop.ForAll(Blocks, block =>
    {
        var position = block.Range.Start;
        for (var i = 0; i < Grid.FanOut; i++)
        {
            var child = block.Child(i);
            Assert.Equal(position, child.Range.Start);
            Assert.Equal((block, i), (child.Parent, child.IndexInParent));
            position = child.Range.End;
        }

        Assert.Equal(block.Range.End, position);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryFrom_RangeOfABlock_FindsIt() => Prop.ForAll(Blocks, block =>
    {
        Assert.True(Block.TryFrom(block.Range, out var found));
        Assert.Equal(block, found);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 65535)]
    [InlineData(1, 65537)]
    [InlineData(65536, 1114112)]
    [InlineData(0, 131072)]
    [InlineData(0, 0)]
    public void TryFrom_OtherRange_FindsNone(long start, long end) => Assert.False(Block.TryFrom(new ByteRange(start, end), out _));
}
