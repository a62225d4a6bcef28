using System.Diagnostics;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class RunFolderTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenAt_MissingFolder_MakesItPrivate()
    {
        RunFolder.OpenAt(_folder["run"]);
        Assert.Equal(Private, File.GetUnixFileMode(_folder["run"]));
    }

    [Fact]
    public void OpenAt_FolderOthersCanRead_MakesItPrivate()
    {
        Directory.CreateDirectory(_folder["run"], Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        RunFolder.OpenAt(_folder["run"]);
        Assert.Equal(Private, File.GetUnixFileMode(_folder["run"]));
    }

    [Fact]
    public void OpenAt_SymbolicLink_IsRefused()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateSymbolicLink(_folder["run"], _folder["elsewhere"]);
        var failure = Assert.Throws<ClusterException>(() => RunFolder.OpenAt(_folder["run"]));
        Assert.Contains("not a folder of yours", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAt_FolderOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(NativeMethods.EffectiveUser() == 0, "Only root can give a folder to another user.");
        Directory.CreateDirectory(_folder["run"]);
        using (var chown = Process.Start("chown", ["12345", _folder["run"]]))
            chown.WaitForExit();
        Assert.Throws<ClusterException>(() => RunFolder.OpenAt(_folder["run"]));
    }

    [Fact]
    public void FindAt_MissingFolder_FindsNoneAndMakesNone()
    {
        Assert.Null(RunFolder.FindAt(_folder["run"]));
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void FindAt_SymbolicLink_FindsNone()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateSymbolicLink(_folder["run"], _folder["elsewhere"]);
        Assert.Null(RunFolder.FindAt(_folder["run"]));
    }

    [Fact]
    public void OpenAt_File_IsRefused()
    {
        File.WriteAllText(_folder["run"], "");
        Assert.Throws<ClusterException>(() => RunFolder.OpenAt(_folder["run"]));
    }

    [Fact]
    public void FindRunning_WrittenRecord_GivesItBackFromAPrivateFile()
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        var record = RecordOf(ProcessIdentity.Current);
        run.Write(record);
        Assert.Equal(record, run.FindRunning());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.RecordFile));
    }

    [Fact]
    public void FindRunning_RecordIsReplaced_GivesTheNewOne()
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        run.Write(RecordOf(ProcessIdentity.Current));
        run.Write(RecordOf(ProcessIdentity.Current) with { Workers = 9 });
        Assert.Equal(9, run.FindRunning()!.Workers);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("boot")]
    [InlineData("id")]
    public void FindRunning_ProcessIsGone_ForgetsTheRecord(string difference)
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        var current = ProcessIdentity.Current;
        run.Write(RecordOf(difference switch
        {
            "start" => current with { StartTicks = current.StartTicks + 1 },
            "boot" => current with { BootId = "another" },
            _ => current with { Id = int.MaxValue },
        }));
        Assert.Null(run.FindRunning());
        Assert.False(File.Exists(run.RecordFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"center":null,"process":null,"workers":1,"started":"2026-01-01T00:00:00Z"}""")]
    public void FindRunning_BrokenRecord_ForgetsIt(string text)
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        File.WriteAllText(run.RecordFile, text);
        Assert.Null(run.FindRunning());
        Assert.False(File.Exists(run.RecordFile));
    }

    [Fact]
    public void FindRunning_StaleRecordWhileAClusterStarts_LeavesTheFileToIt()
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        run.Write(RecordOf(ProcessIdentity.Current with { BootId = "another" }));
        using (run.TryLock())
            Assert.Null(run.FindRunning());
        Assert.True(File.Exists(run.RecordFile));
    }

    [Fact]
    public void TryLock_HeldLock_GivesNoneUntilItIsFree()
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        using (var first = run.TryLock())
        {
            Assert.NotNull(first);
            Assert.Null(run.TryLock());
        }
        using var second = run.TryLock();
        Assert.NotNull(second);
    }

    private static ClusterRecord RecordOf(ProcessIdentity process) =>
        new("redis://:secret@127.0.0.1:1234/default", process, Workers: 2, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}
