using System.Globalization;
using System.Text;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.ObjectStores;

/// <content>Names and lists.</content>
public abstract partial class ObjectStoreConformance
{
    public static TheoryData<string> Names => new(
        "a b",
        " leading and trailing ",
        "a+b",
        "50%",
        "%41",
        "%2F",
        "a?b*c[d]",
        "#fragment&query=1;x",
        "quote'and\"double",
        "back\\slash",
        "ünïcødé – 漢字 🙂",
        "two\nlines",
        "tab\tbell\a",
        ".hidden",
        "..two dots",
        "~",
        "-dash",
        new string('x', 200),
        string.Concat(Enumerable.Repeat("é", 100)),
        "dir with space/50%/ü+");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Name_OfAnyText_IsKeptThroughEveryCall(string name)
    {
        var uri = Root.Append(name);
        Assert.Equal(uri, ResourceUri.Parse(uri.ToString()));
        await Store.PutAsync(uri, Content(10), Token);
        var info = await Store.StatAsync(uri, Token);
        Assert.Equal(uri, info.Uri);
        Assert.Equal(Content(10), await Store.GetAsync(uri, info.Version, Token));
        Assert.Equal([info], await ListedAsync(Root));
        await Store.CopyIfAbsentAsync(uri, Root.Append("copy/" + name), Token);
        Assert.Equal(Content(10), await Store.GetAsync(Root.Append("copy/" + name), null, Token));
        Assert.True(await Store.DeleteAsync(uri, Token));
        Assert.Equal([Root.Append("copy/" + name)], (await ListedAsync(Root)).Select(found => found.Uri));
    }

    [Fact]
    public async Task Names_ThatLookAlike_AreDifferentResources()
    {
        string[] names = ["a b", "a%20b", "a+b", "A b", "a  b", "e\u0301", "\u00e9"];
        for (var index = 0; index < names.Length; index++)
            await Store.PutAsync(Root.Append(names[index]), Content(10, index), PutMode.Create, Token);
        for (var index = 0; index < names.Length; index++)
            Assert.Equal(Content(10, index), await Store.GetAsync(Root.Append(names[index]), null, Token));
        Assert.Equal(names.Length, (await ListedAsync(Root)).Count);
    }

    [Fact]
    public async Task List_OfNothing_IsEmpty()
    {
        Assert.Empty(await ListedAsync(Root));
        Assert.Empty(await ListedAsync(Root.Append("no/where")));
    }

    [Fact]
    public async Task List_BelowALocation_TakesWholeSegments()
    {
        foreach (var name in new[] { "a", "b/c", "b/d/e", "bc", "b-" })
            await Store.PutAsync(Root.Append(name), Content(10), Token);
        Assert.Equal(["c", "e"], (await ListedAsync(Root.Append("b"))).Select(info => info.Uri.Name));
        Assert.Empty(await ListedAsync(Root.Append("a")));
    }

    [Fact]
    public async Task List_OfManyDepths_IsInTheOrderOfThePathsBytes()
    {
        string[] names = ["a", "a-", "a.txt", "a0", "b", "c/a/x", "c/a-/x", "c/a.x", "c/b", "c-", "c.", "c0", "é", "Z", "~", "\ue000", "\U0001f642"];
        foreach (var name in names)
            await Store.PutAsync(Root.Append(name), Content(name.Length), Token);
        var listed = await ListedAsync(Root);
        var expected = names.Select(name => Root.Append(name)).ToList();
        expected.Sort((left, right) => left.PathBytes().AsSpan().SequenceCompareTo(right.PathBytes()));
        Assert.Equal(expected, listed.Select(info => info.Uri));
        foreach (var info in listed)
            Assert.Equal(await Store.StatAsync(info.Uri, Token), info);
    }

    [Fact]
    public async Task List_OfMany_GivesEachOnce()
    {
        var names = Enumerable.Range(0, 2500).Select(index => string.Create(CultureInfo.InvariantCulture, $"{index % 7}/{index}")).ToArray();
        await Parallel.ForEachAsync(names, Token, async (name, token) => await Store.PutAsync(Root.Append(name), Encoding.UTF8.GetBytes(name), token));
        var listed = await ListedAsync(Root);
        Assert.Equal(names.Select(name => Root.Append(name)).ToHashSet(), listed.Select(info => info.Uri).ToHashSet());
        Assert.Equal(names.Length, listed.Count);
        Assert.Equal(listed, await ListedAsync(Root));
    }

    [Fact]
    public async Task List_WithAFilter_LeavesOutWhatItRefuses()
    {
        foreach (var name in new[] { "a/1", "a/2", "b/1", "c" })
            await Store.PutAsync(Root.Append(name), Content(10), Token);
        var filter = new ListFilter(directory => directory.Name != "b", uri => uri.Name != "2" && !uri.ToString().Contains("/b/", StringComparison.Ordinal));
        Assert.Equal([Root.Append("a/1"), Root.Append("c")], (await ListedAsync(Root, filter)).Select(info => info.Uri));
    }

    [Fact]
    public async Task List_StoppedEarly_GivesTheFirst()
    {
        for (var index = 0; index < 10; index++)
            await Store.PutAsync(Root.Append($"{index}"), Content(10), Token);
        await foreach (var info in Store.ListAsync(Root, Token))
        {
            Assert.Equal(Root.Append("0"), info.Uri);
            break;
        }
    }

    [Fact]
    public async Task List_AfterALocation_GivesWhatComesBehindIt()
    {
        foreach (var name in new[] { "a", "b/c", "b/d/e", "b.x", "c é", "d" })
            await Store.PutAsync(Root.Append(name), Content(10), Token);
        var all = await ListedAsync(Root);
        for (var index = 0; index < all.Count; index++)
            Assert.Equal(all.Skip(index + 1), await ListedAfterAsync(all[index].Uri));
        Assert.Equal(all, await ListedAfterAsync(Root.Append("A is not there")));
        Assert.Equal(all.SkipWhile(info => info.Uri != Root.Append("c é")), await ListedAfterAsync(Root.Append("b/z")));
        Assert.Empty(await ListedAfterAsync(Root.Append("e")));
    }

    private async Task<List<ResourceInfo>> ListedAfterAsync(ResourceUri after)
    {
        var found = new List<ResourceInfo>();
        await foreach (var info in Store.ListAfterAsync(Root, null, after, Token))
            found.Add(info);
        return found;
    }
}
