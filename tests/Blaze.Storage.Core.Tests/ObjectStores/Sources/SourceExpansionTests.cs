using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Core.Tests.ObjectStores.Sources;

public class SourceExpansionTests
{
    private readonly MemoryObjectStore _store = new();

    [Fact]
    public async Task Expand_OfWhatANameAndAPatternCouldBe_TakesTheName()
    {
        await PutAsync("a*", "ab", "d[1]/x", "d1/y");
        Assert.Equal(["a%2A"], await ExpandedAsync("a*"));
        Assert.Equal(["d%5B1%5D/x"], await ExpandedAsync("d[1]"));
        Assert.Equal(["d1/y"], await ExpandedAsync("d[1-2]/*"));
        Assert.Equal(["a%2A", "ab"], await ExpandedAsync("a?*"));
    }

    [Fact]
    public async Task Expand_OfAPrefix_IsEverythingBelow()
    {
        await PutAsync("d/b", "d/.hidden", "d/e/f", "dd");
        Assert.Equal(["d/.hidden", "d/b", "d/e/f"], await ExpandedAsync("d"));
    }

    [Fact]
    public async Task Expand_OfAPattern_ListsOnlyBelowItsLiteralDirectory()
    {
        await PutAsync("d/e/1.x", "d/f/2.x");
        var listed = new List<string>();
        _store.Fault = (member, uri) => listed.AddRange(member == "ListAsync" ? [uri.ToString()] : []);
        Assert.Equal(["d/e/1.x"], await ExpandedAsync("d/e/*.x"));
        Assert.Contains("memory://bucket/d/e", listed);
        Assert.DoesNotContain("memory://bucket/d", listed);
        Assert.DoesNotContain("memory://bucket/", listed);
    }

    [Theory]
    [InlineData("no", "does not exist")]
    [InlineData("no*", "No file matches")]
    public async Task Expand_OfNothing_IsNotFound(string text, string expected)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => ExpandedAsync(text));
        Assert.Equal(ObjectStoreErrorKind.NotFound, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_OfAnUnknownScheme_IsUnsupported()
    {
        var source = SourcePattern.Parse("gopher://host/a", "/");
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(async () =>
            await new ObjectStoreRegistry(_store).ExpandAsync(source, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ObjectStoreErrorKind.Unsupported, failure.Kind);
    }

    [Fact]
    public async Task Expand_OfWhatTheStoreRefuses_SaysSo()
    {
        _store.Fault = (_, uri) => throw new ObjectStoreException(ObjectStoreErrorKind.PermissionDenied, "No.", "memory", uri);
        Assert.Equal(ObjectStoreErrorKind.PermissionDenied, (await Assert.ThrowsAsync<ObjectStoreException>(() => ExpandedAsync("a*"))).Kind);
    }

    private async Task PutAsync(params string[] names)
    {
        foreach (var name in names)
            await _store.PutAsync(ResourceUri.Parse("memory://bucket/").Append(name), new byte[1], TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> ExpandedAsync(string path)
    {
        var found = new List<string>();
        var stores = new ObjectStoreRegistry(_store);
        await foreach (var info in stores.ExpandAsync(SourcePattern.Parse("memory://bucket/" + path, "/"), TestContext.Current.CancellationToken))
            found.Add(info.Uri.EncodedPath[1..]);
        return found;
    }
}
