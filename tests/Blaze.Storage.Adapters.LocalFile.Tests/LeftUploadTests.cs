using System.Text;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public sealed class LeftUploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResourceUri Target => _folder.Uri.Append("a");

    private string Notes => Directory.GetFiles(_folder.Path, "*.parts").Single();

    private string Staged => Notes[..^".parts".Length];

    [Fact]
    public async Task Resume_AfterAWriterThatDiedInTheMiddleOfALine_KnowsTheWholeLines()
    {
        var id = await LeftAsync(10, 10);
        File.AppendAllText(Notes, "2 20_3");
        await using var upload = await _store.ResumeMultipartAsync(Target, id, PutMode.Overwrite, Token);
        Assert.Equal([0, 1], upload.Parts);
        await upload.PutPartAsync(2, Bytes(2, 5), Token);
        upload.Leave();
        await using var again = await _store.ResumeMultipartAsync(Target, id, PutMode.Overwrite, Token);
        Assert.Equal([0, 1, 2], again.Parts);
        await again.CompleteAsync(Token);
        Assert.Equal([.. Bytes(0, 10), .. Bytes(1, 10), .. Bytes(2, 5)], File.ReadAllBytes(_folder.Name("a")));
        Assert.Equal([_folder.Name("a")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Resume_OfAFileThatLostItsEnd_KnowsOnlyThePartsInIt()
    {
        var id = await LeftAsync(10, 10, 10);
        using (var file = File.OpenWrite(Staged))
            file.SetLength(25);
        await using var upload = await _store.ResumeMultipartAsync(Target, id, PutMode.Overwrite, Token);
        Assert.Equal([0, 1], upload.Parts);
    }

    [Fact]
    public async Task Resume_AfterTheMachineWasStartedAgain_IsNotFoundUnlessThePartsAreOnTheDisk()
    {
        var lost = await LeftAsync(10);
        File.WriteAllText(Notes, File.ReadAllText(Notes).Replace(MachineStart.Id, "another", StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.ResumeMultipartAsync(Target, lost, PutMode.Overwrite, Token));
        Assert.Equal(ObjectStoreErrorKind.NotFound, failure.Kind);
        File.Delete(Staged);
        File.Delete(Notes);

        var flushing = new LocalFileStore(flushToDisk: true);
        await using var first = await flushing.OpenMultipartAsync(Target, PutMode.Overwrite, Token);
        await first.PutPartAsync(0, Bytes(0, 10), Token);
        first.Leave();
        Assert.DoesNotContain(MachineStart.Id, File.ReadAllText(Notes), StringComparison.Ordinal);
        await using var upload = await flushing.ResumeMultipartAsync(Target, first.Id, PutMode.Overwrite, Token);
        Assert.Equal([0], upload.Parts);
    }

    [Fact]
    public async Task Resume_OfAnUploadThatIsBeingWritten_SaysSo()
    {
        await using var upload = await _store.OpenMultipartAsync(Target, PutMode.Overwrite, Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.ResumeMultipartAsync(Target, upload.Id, PutMode.Overwrite, Token));
        Assert.Equal(ObjectStoreErrorKind.Other, failure.Kind);
        Assert.Contains("another process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OfAnUploadWhoseTargetIsAlreadyThere_NeverWritesIntoIt()
    {
        var id = await LeftAsync(10);

        // What a writer leaves that dies right after it gave the file its second name.
        await ShellCommand.MustAsync("ln", Staged, _folder.Name("a"));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.ResumeMultipartAsync(Target, id, PutMode.Overwrite, Token));
        Assert.Equal(ObjectStoreErrorKind.NotFound, failure.Kind);
        Assert.Equal(1, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Equal([_folder.Name("a")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task List_BesideALeftUpload_KeepsItForSevenDays()
    {
        await LeftAsync(10);
        Assert.Equal(0, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        var (staged, notes) = (Staged, Notes);
        foreach (var file in (string[])[staged, notes])
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - Leftovers.KeptFor + TimeSpan.FromHours(1));
        Assert.Equal(0, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        foreach (var file in (string[])[staged, notes])
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - Leftovers.KeptFor - TimeSpan.FromHours(1));
        Assert.Equal(0, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task List_BesideNotesWithoutTheirFile_RemovesThem()
    {
        await LeftAsync(10);
        File.Delete(Staged);
        Assert.Equal(0, await _store.ListAsync(_folder.Uri, Token).CountAsync(Token));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Complete_OfPartsThatCameInAnyOrder_CopiesNothing()
    {
        await using var upload = await _store.OpenMultipartAsync(Target, PutMode.Overwrite, Token);
        foreach (var number in (int[])[2, 0, 3, 1])
            await upload.PutPartAsync(number, Bytes(number, number == 3 ? 4 : 10), Token);
        var inode = InodeOf(Staged);
        await upload.CompleteAsync(Token);
        Assert.Equal(inode, InodeOf(_folder.Name("a")));
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(number => Bytes(number, number == 3 ? 4 : 10)), File.ReadAllBytes(_folder.Name("a")));
    }

    [Fact]
    public async Task Complete_ThatFails_LeavesThePartsToTheCaller()
    {
        await using var upload = await _store.OpenMultipartAsync(Target, PutMode.Create, Token);
        await upload.PutPartAsync(0, Bytes(0, 10), Token);
        File.WriteAllText(_folder.Name("a"), "in the way");
        await Assert.ThrowsAsync<ObjectStoreException>(() => upload.CompleteAsync(Token));
        File.Delete(_folder.Name("a"));
        await upload.CompleteAsync(Token);
        Assert.Equal(Bytes(0, 10), File.ReadAllBytes(_folder.Name("a")));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Bytes(int number, int length) => [.. Enumerable.Range(number * 50, length).Select(value => (byte)value)];

    private static ulong InodeOf(string path) =>
        FileStatus.Of([.. Encoding.UTF8.GetBytes(path), 0], followLinks: false, out var status) == 0 ? status.Inode : throw new FileNotFoundException(path);

    private async Task<string> LeftAsync(params int[] lengths)
    {
        await using var upload = await _store.OpenMultipartAsync(Target, PutMode.Overwrite, Token);
        foreach (var (number, length) in lengths.Index())
            await upload.PutPartAsync(number, Bytes(number, length), Token);
        upload.Leave();
        return upload.Id;
    }
}
