using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public sealed class ChangeDuringReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileStore _store = new();
    private readonly string _file;

    public ChangeDuringReadTests()
    {
        _file = _folder.Name("data");
        File.WriteAllBytes(_file, new byte[10_000]);
    }

    /// <summary>What may happen to a file while it is read.</summary>
    public static TheoryData<string> Changes => ["rewritten", "rewritten in place", "truncated", "emptied", "appended", "replaced", "replaced by its equal", "removed", "made a directory"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResourceUri Uri => _folder.Uri.Append("data");

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Verify_AfterAChange_IsPreconditionFailed(string change)
    {
        var planned = await _store.StatAsync(Uri, Token);
        using var reader = await _store.OpenAsync(Uri, planned.Version, Token);
        reader.Read(0, new byte[100]);
        reader.Verify();
        Change(change);
        AssertChanged(Assert.Throws<ObjectStoreException>(reader.Verify));
        AssertChanged(await Assert.ThrowsAsync<ObjectStoreException>(async () => await reader.VerifyAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Open_OfThePlannedVersionAfterAChange_Fails(string change)
    {
        var planned = await _store.StatAsync(Uri, Token);
        Change(change);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.OpenAsync(Uri, planned.Version, Token));
        Assert.Contains(failure.Kind, new[] { ObjectStoreErrorKind.PreconditionFailed, ObjectStoreErrorKind.NotFound, ObjectStoreErrorKind.InvalidPath });
    }

    [Fact]
    public async Task Read_OfATruncatedFile_IsPreconditionFailed()
    {
        using var reader = await _store.OpenAsync(Uri, null, Token);
        Change("truncated");
        AssertChanged(Assert.Throws<ObjectStoreException>(() => reader.Read(0, new byte[10_000])));
        AssertChanged(await Assert.ThrowsAsync<ObjectStoreException>(async () => await reader.ReadAsync(6_000, new byte[10], Token)));
    }

    [Fact]
    public async Task Read_OfAnAppendedFile_EndsWhereItEndedWhenOpened()
    {
        using var reader = await _store.OpenAsync(Uri, null, Token);
        Change("appended");
        Assert.Equal(10_000, reader.Read(0, new byte[20_000]));
        Assert.Equal(0, reader.Read(10_000, new byte[10]));
    }

    [Fact]
    public async Task Stat_RightAfterAWrite_TellsAVersionThatTheNextWriteChanges()
    {
        for (var round = 0; round < 50; round++)
        {
            WriteInPlace((byte)round);
            var version = (await _store.StatAsync(Uri, Token)).Version;
            WriteInPlace((byte)(round + 1));
            Assert.NotEqual(version, (await _store.StatAsync(Uri, Token)).Version);
        }
    }

    [Fact]
    public async Task List_RightAfterAWrite_TellsVersionsThatTheNextWriteChanges()
    {
        for (var round = 0; round < 20; round++)
        {
            WriteInPlace((byte)round);
            var info = await _store.ListAsync(_folder.Uri, Token).SingleAsync(Token);
            WriteInPlace((byte)(round + 1));
            Assert.NotEqual(info, await _store.ListAsync(_folder.Uri, Token).SingleAsync(Token));
        }
    }

    [Fact]
    public async Task Stat_OfAFileThatIsWrittenToAllTheTime_Ends()
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                    WriteInPlace(1);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            Assert.Equal(10_000, (await _store.StatAsync(Uri, Token)).Length);
        }
        catch (ObjectStoreException failure)
        {
            Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
    }

    [Fact]
    public async Task Stat_OfAFileFromTheFuture_DoesNotWaitForIt()
    {
        var future = new DateTime(2399, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_file, future);
        var info = await _store.StatAsync(Uri, Token);
        Assert.Contains(":13537929600000000000:", info.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_OfAFile_IsDeviceInodeTimeAndLength()
    {
        File.SetLastWriteTimeUtc(_file, DateTime.UnixEpoch.AddTicks(12_345_678_901_234_567));
        var parts = (await _store.StatAsync(Uri, Token)).Version.Split(':');
        Assert.Equal(4, parts.Length);
        Assert.Equal(("1234567890123456700", "10000"), (parts[2], parts[3]));
        var (_, inode) = await ShellCommand.RunAsync("stat", "-c", "%i", _file);
        Assert.Equal(inode.Trim(), parts[1]);
    }

    [Fact]
    public async Task Version_OfAFileThatIsOnlyRead_StaysTheSame()
    {
        var version = (await _store.StatAsync(Uri, Token)).Version;
        await _store.GetAsync(Uri, version, Token);
        File.SetLastAccessTimeUtc(_file, DateTime.UnixEpoch);
        Assert.Equal(version, (await _store.StatAsync(Uri, Token)).Version);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertChanged(ObjectStoreException failure)
    {
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
        Assert.Contains("changed or replaced", failure.Message, StringComparison.Ordinal);
    }

    private void WriteInPlace(byte value)
    {
        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        stream.WriteByte(value);
    }

    private void Change(string change)
    {
        switch (change)
        {
            case "rewritten":
                File.WriteAllBytes(_file, new byte[10_000]);
                break;
            case "rewritten in place":
                WriteInPlace(0);
                break;
            case "truncated":
                using (var stream = new FileStream(_file, FileMode.Open))
                    stream.SetLength(5_000);
                break;
            case "emptied":
                using (new FileStream(_file, FileMode.Truncate))
                    break;
            case "appended":
                using (var stream = new FileStream(_file, FileMode.Append))
                    stream.WriteByte(1);
                break;
            case "replaced":
                File.WriteAllBytes(_file + "2", new byte[10_000]);
                File.Move(_file + "2", _file, overwrite: true);
                break;
            case "replaced by its equal":
                File.Copy(_file, _file + "2");
                File.SetLastWriteTimeUtc(_file + "2", File.GetLastWriteTimeUtc(_file));
                File.Move(_file + "2", _file, overwrite: true);
                break;
            case "removed":
                File.Delete(_file);
                break;
            default:
                File.Delete(_file);
                Directory.CreateDirectory(_file);
                break;
        }
    }
}
