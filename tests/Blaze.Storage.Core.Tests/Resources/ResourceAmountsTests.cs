using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Core.Tests.Resources;

public sealed class ResourceAmountsTests
{
    private const long Mi = 1 << 20;
    private const long Gi = 1 << 30;

    [Theory]
    [InlineData("Gpu", 1)]
    [InlineData("", 1)]
    [InlineData("-a", 1)]
    [InlineData("a b", 1)]
    [InlineData("a=b", 1)]
    [InlineData("a;b", 1)]
    [InlineData("an-uncommonly-long-name-for-a-gpu", 1)]
    [InlineData("gpu", 0)]
    [InlineData("gpu", -1)]
    [InlineData("gpu", ResourceAmounts.MaxAmount + 1)]
    public void Of_ImpossibleNameOrAmount_IsRefused(string name, long amount) =>
        Assert.Throws<BlazeException>(() => ResourceAmounts.Of([new(name, amount)]));

    [Fact]
    public void Of_TheSameNameTwice_IsRefused() => Assert.Throws<BlazeException>(() => ResourceAmounts.Of([new("gpu", 1), new("gpu", 2)]));

    [Theory]
    [InlineData(1, Mi)]
    [InlineData(Mi, Mi)]
    [InlineData(Mi + 1, Mi + (Mi / 8))]
    [InlineData((15 * Mi) + 1, 16 * Mi)]
    [InlineData(4 * Gi, 4 * Gi)]
    [InlineData(9 * Gi, 9 * Gi)]
    [InlineData((16 * Gi) + 1, 18 * Gi)]
    [InlineData(ResourceAmounts.MaxAmount, ResourceAmounts.MaxAmount)]
    public void AsDemand_Memory_IsRoundedUpByLessThanAnEighth(long bytes, long counted) =>
        Assert.Equal(ResourceAmounts.Of([new("gpu", 3), new("memory", counted)]), ResourceAmounts.Of([new("memory", bytes), new("gpu", 3)]).AsDemand());

    [Fact]
    public void AsDemand_OfEverySizeUpToAGiB_HasFewSizes()
    {
        var sizes = Enumerable.Range(1, 4096).Select(step => ResourceAmounts.Of([new("memory", step * (Gi / 4096))]).AsDemand()).ToList();

        Assert.InRange(sizes.Distinct().Count(), 70, 81);
        Assert.All(sizes.Zip(Enumerable.Range(1, 4096)), pair => Assert.InRange(pair.First["memory"], Math.Max(Mi, pair.Second * (Gi / 4096)), Math.Max(Mi, pair.Second * (Gi / 4096) * 9 / 8)));
    }

    [Theory]
    [InlineData("gpu=1", true)]
    [InlineData("gpu=2,memory=1Ki", true)]
    [InlineData("gpu=3", false)]
    [InlineData("gpu=1,memory=2Ki", false)]
    [InlineData("fpga=1", false)]
    [InlineData("", true)]
    public void FitsInto_ATotal_WantsEnoughOfEach(string demand, bool fits) => Assert.Equal(fits, Parse(demand).FitsInto(Parse("gpu=2,memory=1025")));

    [Fact]
    public void Share_AmongSeveral_AddsUpAndDiffersByOneAtMost()
    {
        var shares = Enumerable.Range(0, 3).Select(number => Parse("fpga=1,gpu=5,memory=9").Share(number, 3)).ToList();

        Assert.Equal(["fpga=1,gpu=2,memory=3", "gpu=2,memory=3", "gpu=1,memory=3"], shares.Select(share => share.ToString()));
    }

    [Fact]
    public void Minus_EverythingOfAResource_LeavesItOut() => Assert.Equal(Parse("memory=1Ki"), Parse("gpu=2,memory=2Ki").Minus(Parse("gpu=2,memory=1Ki")));

    [Theory]
    [InlineData("gpu=2, memory=8Gi", "gpu=2,memory=8Gi")]
    [InlineData("memory=1536,gpu=1", "gpu=1,memory=1536")]
    [InlineData("memory=1.5Ki", "memory=1536")]
    [InlineData("gpu=0,fpga=1", "fpga=1")]
    [InlineData("", "")]
    public void TryParse_WhatUsersWrite_IsRead(string text, string read)
    {
        Assert.True(ResourceText.TryParse(text, out var amounts, out _));
        Assert.Equal(read, amounts.ToString());
        Assert.True(ResourceText.TryParse(amounts.ToString(), out var again, out _));
        Assert.Equal(amounts, again);
    }

    [Theory]
    [InlineData("gpu", "no amount")]
    [InlineData("gpu=one", "whole number")]
    [InlineData("gpu=-1", "whole number")]
    [InlineData("gpu=2Gi", "whole number")]
    [InlineData("memory=2G", "byte count")]
    [InlineData("GPU=1", "no name")]
    [InlineData("gpu=1,gpu=2", "twice")]
    public void TryParse_AnythingElse_SaysWhatIsWrong(string text, string problem)
    {
        Assert.False(ResourceText.TryParse(text, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static ResourceAmounts Parse(string text) => ResourceText.TryParse(text, out var amounts, out var problem) ? amounts : throw new ArgumentException(problem, nameof(text));
}
