using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public sealed class StagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_BesideADeadWritersLeftover_RemovesIt()
    {
        File.WriteAllText(_folder.Name(".blaze-staged-0123456789abcdef"), "half a file");
        File.WriteAllText(_folder.Name("whole"), "whole");
        Assert.Equal(1, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Equal([_folder.Name("whole")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task List_BesideARunningWriter_LeavesItsFile()
    {
        await using var upload = await _store.OpenMultipartAsync(_folder.Uri.Append("a"), PutMode.Overwrite, Token);
        await upload.PutPartAsync(0, new byte[10], Token);
        Assert.Equal(0, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        await upload.CompleteAsync(Token);
        Assert.Equal([_folder.Name("a")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Put_ThatFailsOrIsCancelled_LeavesNoFile()
    {
        await _store.PutAsync(_folder.Uri.Append("a"), new byte[10], Token);
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutAsync(_folder.Uri.Append("a"), new byte[10], PutMode.Create, Token));
        using (var staged = StagedFile.Create(_folder.Uri.Append("b")))
            await Assert.ThrowsAsync<OperationCanceledException>(() => staged.PublishAsync(PutMode.Overwrite, false, TimeProvider.System, new CancellationToken(true)));
        Assert.Equal([_folder.Name("a")], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_IntoNewDirectories_CreatesThem(bool flushToDisk)
    {
        var uri = _folder.Uri.Append("x/y/z/a");
        var info = await new LocalFileStore(flushToDisk).PutAsync(uri, new byte[10], Token);
        Assert.Equal(info, await _store.StatAsync(uri, Token));
    }

    [Theory]
    [InlineData("file/a", ObjectStoreErrorKind.InvalidPath)]
    [InlineData("file/a/b", ObjectStoreErrorKind.InvalidPath)]
    [InlineData("dir", ObjectStoreErrorKind.InvalidPath)]
    [InlineData(".blaze-staged-x", ObjectStoreErrorKind.InvalidPath)]
    public async Task Put_WhereNoFileCanBe_IsRefused(string name, ObjectStoreErrorKind kind)
    {
        File.WriteAllText(_folder.Name("file"), "");
        Directory.CreateDirectory(_folder.Name("dir"));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutAsync(_folder.Uri.Append(name), new byte[1], Token));
        Assert.Equal(kind, failure.Kind);
    }

    [Fact]
    public async Task Delete_OfADirectory_IsInvalidPath()
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.DeleteAsync(_folder.Uri, Token));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
    }

    [Fact]
    public async Task Put_OverALink_ReplacesTheLinkAndNotItsTarget()
    {
        File.WriteAllText(_folder.Name("target"), "old");
        File.CreateSymbolicLink(_folder.Name("link"), "target");
        await _store.PutAsync(_folder.Uri.Append("link"), "new"u8.ToArray(), Token);
        Assert.Equal(("old", "new"), (File.ReadAllText(_folder.Name("target")), File.ReadAllText(_folder.Name("link"))));
    }

    [Fact]
    public async Task Put_OfEqualContentInOneTick_GivesAnotherVersion()
    {
        var versions = new HashSet<string>();
        for (var index = 0; index < 100; index++)
            Assert.True(versions.Add((await _store.PutAsync(_folder.Uri.Append("a"), new byte[10], Token)).Version));
    }

    [Theory]
    [InlineData(Errno.NoSpace, ObjectStoreErrorKind.Other, "disk is full")]
    [InlineData(Errno.QuotaExceeded, ObjectStoreErrorKind.Other, "disk is full")]
    [InlineData(Errno.ReadOnlyFileSystem, ObjectStoreErrorKind.PermissionDenied, "read-only")]
    [InlineData(Errno.Access, ObjectStoreErrorKind.PermissionDenied, "may not be written")]
    [InlineData(Errno.TooManyOpenFiles, ObjectStoreErrorKind.Other, "ulimit")]
    [InlineData(5, ObjectStoreErrorKind.Other, "Input/output error")]
    public void Writing_WithAnErrorOfTheSystem_SaysWhatToDo(int error, ObjectStoreErrorKind kind, string expected)
    {
        var failure = LocalErrors.Writing(error, _folder.Uri);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(kind, LocalErrors.Writing(new IOException("any", error), _folder.Uri).Kind);
    }

    [Fact]
    public void Writing_ToADeviceThatIsFull_SaysThatTheDiskIsFull()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        var failure = Assert.ThrowsAny<IOException>(() => RandomAccess.Write(full, [1], 0));
        Assert.Contains("disk is full", LocalErrors.Writing(failure, _folder.Uri).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
