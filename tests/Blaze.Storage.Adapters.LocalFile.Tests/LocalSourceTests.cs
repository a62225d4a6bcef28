using System.Net.Sockets;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public sealed class LocalSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ObjectStoreRegistry _stores = new(new LocalFileStore());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expand_OfADirectory_IsEveryFileBelowIt()
    {
        Write("b", ".hidden", "sub/.h/x", "sub.txt", "two\nlines", "a b");
        Directory.CreateDirectory(_folder.Name("empty"));
        Assert.Equal([".hidden", "a b", "b", "sub.txt", "sub/.h/x", "two\nlines"], await ExpandedAsync("."));
        Assert.Equal(["sub/.h/x"], await ExpandedAsync("sub/"));
    }

    [Fact]
    public async Task Expand_OfAPattern_IsTheFilesThatMatch()
    {
        Write("1.csv", "2.csv", "10.csv", "x[1].csv", "x1.csv", "sub/3.csv", "sub/deep/4.csv", "sub/note");
        Assert.Equal(["1.csv", "2.csv"], await ExpandedAsync("?.csv"));
        Assert.Equal(["2.csv"], await ExpandedAsync("[2-9].csv"));
        Assert.Equal(["x[1].csv"], await ExpandedAsync("x[1].csv"));
        Assert.Equal(["1.csv", "10.csv", "2.csv", "sub/3.csv", "sub/deep/4.csv", "x1.csv", "x[1].csv"], await ExpandedAsync("**/*.csv"));
        Assert.Equal(["sub/3.csv", "sub/deep/4.csv", "sub/note"], await ExpandedAsync("sub/**"));
        Assert.Equal(["sub/3.csv"], await ExpandedAsync("*/*.csv"));
    }

    [Fact]
    public async Task Expand_OfAPatternBesideTrouble_DoesNotLookAtIt()
    {
        Write("a.x");
        File.CreateSymbolicLink(_folder.Name("loop"), "loop");
        Directory.CreateSymbolicLink(_folder.Name("up"), ".");
        Assert.Equal(["a.x"], await ExpandedAsync("*.x"));
    }

    [Fact]
    public async Task Expand_OfLinks_FollowsThem()
    {
        Write("target/file");
        File.CreateSymbolicLink(_folder.Name("link"), "target/file");
        Directory.CreateSymbolicLink(_folder.Name("dir"), "target");
        File.CreateSymbolicLink(_folder.Name("dangling"), "nowhere");
        Assert.Equal(["link"], await ExpandedAsync("link"));
        Assert.Equal(["dir/file", "link", "target/file"], await ExpandedAsync("."));
        Assert.Equal(["dir/file"], await ExpandedAsync("dir"));
        await RefusedAsync("dangling", ObjectStoreErrorKind.NotFound, "does not exist");
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("loop/x")]
    [InlineData("d")]
    [InlineData("d/up")]
    [InlineData(".")]
    public async Task Expand_OfLinksInACircle_SaysSo(string source)
    {
        Write("d/x");
        File.CreateSymbolicLink(_folder.Name("loop"), "loop2");
        File.CreateSymbolicLink(_folder.Name("loop2"), "loop");
        Directory.CreateSymbolicLink(_folder.Name("d/up"), "..");
        await RefusedAsync(source, ObjectStoreErrorKind.Other, "in a circle");
    }

    [Fact]
    public async Task Expand_OfANamedPipe_IsRefusedAndDoesNotBlock()
    {
        await ShellCommand.MustAsync("mkfifo", _folder.Name("pipe"));
        await RefusedAsync("pipe", ObjectStoreErrorKind.Unsupported, "is not a regular file but a named pipe");
        await Assert.ThrowsAsync<ObjectStoreException>(() => new LocalFileStore().OpenAsync(_folder.Uri.Append("pipe"), null, Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => new LocalFileStore().PutAsync(_folder.Uri.Append("pipe"), new byte[1], Token));
        await RefusedAsync(".", ObjectStoreErrorKind.NotFound, "There is no file in the directory");
    }

    [Fact]
    public async Task Expand_OfASocket_IsRefused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.Name("socket")));
        await RefusedAsync("socket", ObjectStoreErrorKind.Unsupported, "a socket");
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("file:///dev/random")]
    public async Task Expand_OfADevice_IsRefused(string source) =>
        await RefusedAsync(source, ObjectStoreErrorKind.Unsupported, "is not a regular file but a character device");

    [Theory]
    [InlineData("no", ObjectStoreErrorKind.NotFound, "does not exist")]
    [InlineData("no/where", ObjectStoreErrorKind.NotFound, "does not exist")]
    [InlineData("file/below", ObjectStoreErrorKind.NotFound, "does not exist")]
    [InlineData("empty", ObjectStoreErrorKind.NotFound, "There is no file in the directory")]
    [InlineData("empty/*", ObjectStoreErrorKind.NotFound, "No file matches")]
    [InlineData("no/*", ObjectStoreErrorKind.NotFound, "No file matches")]
    [InlineData("gopher://host/x", ObjectStoreErrorKind.Unsupported, "there is no store")]
    public async Task Expand_OfNothing_SaysWhy(string source, ObjectStoreErrorKind kind, string expected)
    {
        Write("file");
        Directory.CreateDirectory(_folder.Name("empty"));
        await RefusedAsync(source, kind, expected);
    }

    [Theory]
    [InlineData(256, 1)]
    [InlineData(200, 30)]
    [InlineData(1, 3000)]
    public async Task Expand_OfALongPath_SaysSo(int segmentLength, int segments)
    {
        var path = string.Join('/', Enumerable.Repeat(new string('x', segmentLength), segments));
        await RefusedAsync(path, ObjectStoreErrorKind.InvalidPath, "too long");
    }

    [Fact]
    public async Task Expand_OfAPatternLongerThanAnyName_Matches()
    {
        Write("ab");
        Assert.Equal(["ab"], await ExpandedAsync("a[" + new string('b', 300) + "]"));
    }

    [Fact]
    public async Task Expand_OfNamesThatAreNotUtf8_FindsEachByItsBytes()
    {
        // Decoded as text both names would be the same.
        var store = new LocalFileStore();
        var names = new[] { _folder.Uri.Append([(byte)'a', 0xfe]), _folder.Uri.Append([(byte)'a', 0xff]), _folder.Uri.Append("a\ufffd") };
        for (var index = 0; index < names.Length; index++)
            await store.PutAsync(names[index], new byte[index + 1], Token);
        var listed = await _stores.ExpandAsync(SourcePattern.Parse(_folder.Path, "/"), Token).ToListAsync(Token);
        Assert.Equal([(names[2], 3L), (names[0], 1), (names[1], 2)], listed.Select(info => (info.Uri, info.Length)));
        Assert.EndsWith("/a%FF", names[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _stores.ExpandAsync(SourcePattern.Parse(names[1].ToString(), "/"), Token).SingleAsync(Token)).Length);
        Assert.Equal(3, await _stores.ExpandAsync(SourcePattern.Parse("a?", _folder.Path), Token).CountAsync(Token));
        Assert.Throws<ObjectStoreException>(() => SourcePattern.Parse("a\ufffd", _folder.Path));

        // .NET could not remove them with their folder.
        foreach (var name in names)
            Assert.True(await store.DeleteAsync(name, Token));
    }

    [Fact]
    public async Task Expand_OfAManyFilesDirectory_IsLazy()
    {
        Write([.. Enumerable.Range(0, 300).Select(index => $"{index:d3}/x")]);
        var first = await _stores.ExpandAsync(SourcePattern.Parse(_folder.Path, "/"), Token).FirstAsync(Token);
        Assert.Equal(_folder.Uri.Append("000/x"), first.Uri);
        var found = 0;
        await foreach (var info in _stores.ExpandAsync(SourcePattern.Parse(_folder.Path, "/"), Token))
        {
            // What is removed before the listing comes to it is not found, and is no failure.
            if (found++ == 0)
                Directory.Delete(_folder.Name("299"), recursive: true);
        }

        Assert.Equal(299, found);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Name(name))!);
            File.WriteAllText(_folder.Name(name), name);
        }
    }

    private async Task<List<string>> ExpandedAsync(string text)
    {
        var source = SourcePattern.Parse(text, _folder.Path);
        var found = await _stores.ExpandAsync(SourcePattern.Parse(source.Text, "/"), Token).ToListAsync(Token);
        return [.. found.Select(info => System.Text.Encoding.UTF8.GetString(info.Uri.PathBytes())[(_folder.Path.Length + 1)..])];
    }

    private async Task RefusedAsync(string source, ObjectStoreErrorKind kind, string expected)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => ExpandedAsync(source));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(kind, failure.Kind);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
