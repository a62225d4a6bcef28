using Blaze.Storage.Cli.Commands.Files.Copying;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using static Blaze.Storage.Cli.Tests.Commands.CpWorld;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class CpResumableTests : IDisposable
{
    private const int Part = PartSize.Smallest;
    private const int Length = (3 * Part) + 77;
    private readonly CpWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("memory://any/a", "out/a", "Read")]
    [InlineData("a", "memory://any/out/a", "PutPartAsync")]
    public async Task RunAsync_AfterAFailure_GoesOnWithThePartsThereAre(string source, string target, string failing)
    {
        File.WriteAllBytes(_world.Name("a"), Content(Length));
        await _world.PutAsync("a", Content(Length));
        FailAfter(failing, failing == "Read" ? 7 : 2);
        await _world.FailAsync(ExitCodes.Failed, "--resumable", "--parallel", "1", source, target);
        Assert.Single(_world.Names("copies"));
        Assert.False(File.Exists(_world.Name("out/a")));

        _world.Memory.Fault = null;
        var result = await _world.CopyAsync("--resumable", source, target);
        Assert.InRange(result.GetProperty("resumed").GetInt32(), Part, 2 * Part);
        Assert.Equal(Length, result.GetProperty("resumed").GetInt32() + result.GetProperty("bytes").GetInt32());
        AssertSame(Content(Length), target.StartsWith("memory", StringComparison.Ordinal) ? await _world.GetAsync("out/a") : File.ReadAllBytes(_world.Name(target)));
        Assert.Empty(_world.Names("copies"));
        Assert.DoesNotContain(_world.Names("out"), name => name != "a");
    }

    [Fact]
    public async Task RunAsync_OfAnotherVersionThanBefore_BeginsAnew()
    {
        await _world.PutAsync("a", Content(Length, 1));
        FailAfter("Read", 7);
        await _world.FailAsync(ExitCodes.Failed, "--resumable", "memory://any/a", "out/a");
        _world.Memory.Fault = null;
        await _world.PutAsync("a", Content(Length, 2));
        Assert.Equal(0, (await _world.CopyAsync("--resumable", "memory://any/a", "out/a")).GetProperty("resumed").GetInt32());
        AssertSame(Content(Length, 2), File.ReadAllBytes(_world.Name("out/a")));
    }

    [Fact]
    public async Task RunAsync_WhereTheStoreHasNoPartsAnyMore_BeginsAnew()
    {
        await _world.PutAsync("a", Content(Length));
        FailAfter("Read", 7);
        await _world.FailAsync(ExitCodes.Failed, "--resumable", "memory://any/a", "out/a");
        _world.Memory.Fault = null;
        foreach (var name in _world.Names("out"))
            File.Delete(_world.Name("out/" + name));
        Assert.Equal(Length, (await _world.CopyAsync("--resumable", "memory://any/a", "out/a")).GetProperty("bytes").GetInt32());
        Assert.Equal(["a"], _world.Names("out"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"upload\":")]
    [InlineData("[1]")]
    public async Task RunAsync_WithAJournalThatWasNeverFinished_BeginsAnew(string journal)
    {
        await _world.PutAsync("a", Content(Length));
        FailAfter("Read", 7);
        await _world.FailAsync(ExitCodes.Failed, "--resumable", "memory://any/a", "out/a");
        _world.Memory.Fault = null;
        File.WriteAllText(Path.Combine(_world.Journals, Assert.Single(_world.Names("copies"))), journal);
        Assert.Equal(0, (await _world.CopyAsync("--resumable", "memory://any/a", "out/a")).GetProperty("resumed").GetInt32());
        Assert.Empty(_world.Names("copies"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ThatIsStopped_LeavesPartsOnlyToBeResumed(bool resumable)
    {
        await _world.PutAsync("a", Content(Length));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reads = 0;
        _world.Memory.Fault = (member, _) =>
        {
            if (member == "Read" && Interlocked.Increment(ref reads) == 9)
                stop.Cancel();
        };
        var services = _world.NewRun().Services();
        var options = new CopyOptions(false, false, 1, resumable ? new CopyJournals(_world.Journals, TimeProvider.System) : null, false);
        var target = await CopyTarget.ResolveAsync("out/a", services, Token);
        var copier = new Copier(services, options, new CopyTotals());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copier.RunAsync([SourcePattern.Parse("memory://any/a", "/")], target, stop.Token));
        Assert.Equal(resumable ? 1 : 0, _world.Names("copies").Length);
        Assert.Equal(resumable ? 2 : 0, _world.Names("out").Length);
        _world.Memory.Fault = null;
        Assert.Equal(resumable ? 2 * Part : 0, (await _world.CopyAsync("--resumable", "memory://any/a", "out/a")).GetProperty("resumed").GetInt32());
        AssertSame(Content(Length), File.ReadAllBytes(_world.Name("out/a")));
    }

    [Fact]
    public async Task RunAsync_BesideTheSameCopy_IsRefused()
    {
        var source = await _world.PutAsync("a", Content(Length));
        using var other = new CopyJournals(_world.Journals, TimeProvider.System).Open(source, ResourceUri.FromLocalPath(_world.Name("out/a")), Part, overwrite: false);
        Assert.Contains("Another process", await _world.FailAsync(ExitCodes.Failed, "--resumable", "memory://any/a", "out/a"), StringComparison.Ordinal);
        Assert.Empty(_world.Names("out"));
    }

    [Fact]
    public async Task RunAsync_BesideOldJournals_DropsThem()
    {
        Directory.CreateDirectory(_world.Journals);
        foreach (var (name, days) in new[] { ("old", 8), ("young", 6) })
        {
            File.WriteAllText(Path.Combine(_world.Journals, name + ".json"), "{}");
            File.SetLastWriteTimeUtc(Path.Combine(_world.Journals, name + ".json"), DateTime.UtcNow.AddDays(-days));
        }

        await _world.PutAsync("a", Content(10));
        await _world.CopyAsync("--resumable", "memory://any/a", "out/a");
        Assert.Equal(["young.json"], _world.Names("copies"));
    }

    [Fact]
    public async Task RunAsync_WhereNothingCanBeNoted_SaysWhatToDo()
    {
        File.WriteAllText(_world.Journals, "a file");
        await _world.PutAsync("a", Content(Length));
        Assert.Contains("XDG_STATE_HOME", await _world.FailAsync(ExitCodes.Failed, "--resumable", "memory://any/a", "out/a"), StringComparison.Ordinal);
        Assert.Empty(_world.Names("out"));
    }

    [Theory]
    [InlineData("/x", "/home/u", "/x/blaze/copies")]
    [InlineData(null, "/home/u", "/home/u/.local/state/blaze/copies")]
    [InlineData("relative", "/home/u", "/home/u/.local/state/blaze/copies")]
    public void FolderFrom_AnEnvironment_FollowsXdg(string? variable, string home, string expected) =>
        Assert.Equal(expected, CopyJournals.FolderFrom(name => name == "XDG_STATE_HOME" ? variable : null, home));

    public void Dispose() => _world.Dispose();

    private void FailAfter(string member, int calls)
    {
        var count = 0;
        _world.Memory.Fault = (called, uri) =>
        {
            if (called == member && Interlocked.Increment(ref count) > calls)
                throw new ObjectStoreException(ObjectStoreErrorKind.Transient, "The line was cut; try again.", uri.Scheme, uri);
        };
    }
}
