using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Keys;

public sealed class ChunkKeyTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef";

    private static readonly Arbitrary<ChunkKey> Keys = Arb.From(
        from range in Arbitraries.Ranges.Generator
        from token in Gen.Elements("HIST", "HIST-n2", "ENT-w1024", "DIFF", "STAT-f8be-p3")
        from inputs in Gen.Choose(1, 2)
        from seed in Gen.Choose(0, int.MaxValue)
        select new ChunkKey(ChunkKey.WhatOf(token, Enumerable.Range(seed & 0xffff, inputs).Select(i => ResourceHash.Of("file:///a", $"{i}"))), range));

    [Fact]
    public void TryParse_WhatToStringWrote_GivesTheSame() => Prop.ForAll(Keys, key =>
    {
        Assert.True(ChunkKey.TryParse(key.ToString(), out var parsed));
        Assert.Equal(key, parsed);
        Assert.Equal(key.What, ChunkKey.WhatOf(parsed.OperationToken, parsed.Resources));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("HIST.0_1")]
    [InlineData("HIST_" + Hash)]
    [InlineData("HIST_" + Hash + ".")]
    [InlineData("HIST_" + Hash + ".1_0")]
    [InlineData("HIST_" + Hash + "0.0_1")]
    [InlineData("HIST_" + Hash + ".0_1.npy")]
    [InlineData("hist_" + Hash + ".0_1")]
    [InlineData("_" + Hash + ".0_1")]
    [InlineData("HI ST_" + Hash + ".0_1")]
    [InlineData("DIFF_" + Hash + "_" + Hash + "_" + Hash + ".0_1")]
    [InlineData("HIST_0123456789ABCDEF0123456789abcdef.0_1")]
    public void TryParse_AnythingElse_Fails(string text) => Assert.False(ChunkKey.TryParse(text, out _));

    [Fact]
    public void ToString_OneInput_IsTheDocumentedName()
    {
        Assert.True(ResourceHash.TryParse(Hash, out var hash));
        Assert.Equal($"HIST-n2_{Hash}.0_1048576", new ChunkKey(ChunkKey.WhatOf("HIST-n2", [hash]), new ByteRange(0, 1048576)).ToString());
    }
}
