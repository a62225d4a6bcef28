using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Core.Tests.Keys;

public sealed class ResourceHashTests
{
    [Fact]
    public void Of_KnownInput_StaysWhatItEverWas() =>
        Assert.Equal("11694ceeb3874212b48bb7920ad66ee7", ResourceHash.Of("file:///a", "1").ToString());

    [Fact]
    public void Of_OtherUriOrVersion_IsAnother()
    {
        ResourceHash[] hashes = [ResourceHash.Of("file:///a", "1"), ResourceHash.Of("file:///a", "2"), ResourceHash.Of("file:///b", "1")];
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void TryParse_WhatToStringWrote_GivesTheSame()
    {
        var hash = ResourceHash.Of("file:///a", "1");
        Assert.True(ResourceHash.TryParse(hash.ToString(), out var parsed));
        Assert.Equal(hash, parsed);
    }

    [Fact]
    public void ToString_NeverSet_Throws() => Assert.Throws<InvalidOperationException>(() => default(ResourceHash).ToString());
}
