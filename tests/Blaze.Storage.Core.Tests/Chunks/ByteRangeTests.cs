using Blaze.Storage.Core.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Chunks;

public sealed class ByteRangeTests
{
    [Fact]
    public void TryParse_WhatToStringWrote_GivesTheSame() => Prop.ForAll(Arbitraries.Ranges, range =>
    {
        Assert.True(ByteRange.TryParse(range.ToString(), out var parsed));
        Assert.Equal(range, parsed);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("1")]
    [InlineData("1_")]
    [InlineData("_1")]
    [InlineData("2_1")]
    [InlineData("-1_1")]
    [InlineData("+1_2")]
    [InlineData("01_2")]
    [InlineData("1_02")]
    [InlineData("1_ 2")]
    [InlineData("1_2_3")]
    [InlineData("0_9223372036854775808")]
    [InlineData("0_1\n")]
    public void TryParse_AnythingElse_Fails(string text) => Assert.False(ByteRange.TryParse(text, out _));

    [Fact]
    public void Intersect_AnyTwo_HoldsWhatBothHold() => Prop.ForAll(Arbitraries.Ranges, Arbitraries.Ranges, (left, right) =>
    {
        var both = left.Intersect(right);
        Assert.Equal(both.Length, right.Intersect(left).Length);
        Assert.True(both.IsEmpty || (left.Contains(both) && right.Contains(both)));
        Assert.Equal(Math.Max(0, Math.Min(left.End, right.End) - Math.Max(left.Start, right.Start)), both.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constructor_NegativeOrReversed_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(2, 1));
    }
}
