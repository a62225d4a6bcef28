using Blaze.Storage.Core.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Chunks;

public sealed class GridTests
{
    private static readonly Arbitrary<(ByteRange Range, int Finest)> Covers = Arb.From(
        from range in Arbitraries.Ranges.Generator
        from finest in Gen.Choose(0, 4)
        select (range, finest));

    [Fact]
    public void Cover_AnyRange_IsExactAndInOrder() => Prop.ForAll(Covers, sample =>
    {
        var position = sample.Range.Start;
        foreach (var piece in Grid.Cover(sample.Range, sample.Finest))
        {
            Assert.Equal(position, piece.Range.Start);
            Assert.False(piece.Range.IsEmpty);
            position = piece.Range.End;
        }

        Assert.Equal(sample.Range.End, position);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cover_AnyRange_HasTheLargestBlocks() => Prop.ForAll(Covers, sample =>
    {
        foreach (var piece in Grid.Cover(sample.Range, sample.Finest).Where(piece => !piece.IsRagged))
        {
            Assert.True(piece.Level >= sample.Finest);
            Assert.Equal(piece.Range, piece.Block.Range);
            Assert.True(piece.Level == Grid.HighestLevel || !sample.Range.Contains(piece.Block.Parent.Range));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cover_AnyRange_HasAtMostTwoRaggedEndsWithinOneCell() => Prop.ForAll(Covers, sample =>
    {
        var finest = Grid.SizeOf(sample.Finest);
        var pieces = Grid.Cover(sample.Range, sample.Finest);
        Assert.All(pieces.Skip(1).SkipLast(1), piece => Assert.False(piece.IsRagged));
        foreach (var piece in pieces.Where(piece => piece.IsRagged))
        {
            Assert.True(piece.Range.Length < finest);
            Assert.Equal(piece.Range.Start / finest, (piece.Range.End - 1) / finest);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cover_TwoOverlappingRanges_MeetInTheBlocksInsideBoth()
    {
        var whole = Grid.Cover(new ByteRange(0, 1 << 24)).Single();
        var parts = Grid.Cover(new ByteRange(5, (1 << 24) - 7));
        Assert.Equal(2, whole.Level);
        Assert.Equal(14, parts.Count(piece => piece.Level == 1));
        Assert.Equal(30, parts.Count(piece => piece.Level == 0));
        Assert.Equal(2, parts.Count(piece => piece.IsRagged));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public void SizeOf_UnknownLevel_Throws(int level) => Assert.Throws<ArgumentOutOfRangeException>(() => Grid.SizeOf(level));
}
