using Blaze.Storage.Cli.Commands.Files.Copying;
using Blaze.Storage.Core.ObjectStores;
using static Blaze.Storage.Cli.Tests.Commands.CpWorld;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class CpCommandTests : IDisposable
{
    private const int Part = PartSize.Smallest;
    private readonly CpWorld _world = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(Part)]
    [InlineData((2 * Part) + 5)]
    public async Task RunAsync_OfAFile_CopiesItThereAndBack(int length)
    {
        File.WriteAllBytes(_world.Name("a b"), Content(length));
        var there = await _world.CopyAsync("a b", "memory://any/x/y");
        Assert.Equal((1, length), (there.GetProperty("files").GetInt32(), there.GetProperty("bytes").GetInt32()));
        AssertSame(Content(length), await _world.GetAsync("x/y"));
        await _world.CopyAsync("memory://any/x/y", "back/");
        AssertSame(Content(length), File.ReadAllBytes(_world.Name("back/y")));
        Assert.Equal(["y"], _world.Names("back"));
    }

    [Fact]
    public async Task RunAsync_WithoutJson_EndsWithASummary()
    {
        File.WriteAllBytes(_world.Name("a"), Content(2048));
        var run = _world.NewRun();
        Assert.Equal(ExitCodes.Done, await run.RunAsync("cp", "a", "memory://any/a"));
        Assert.Matches("^Copied 1 file, 2.00 KiB in [0-9.]+ m?s \\(.*/s\\)\n$", run.Results);
    }

    [Fact]
    public async Task RunAsync_OfADirectory_KeepsTheNamesBelowIt()
    {
        await _world.PutAsync("d/1", Content(10, 1));
        await _world.PutAsync("d/e/%C3%A9 +", Content(10, 2));
        await _world.PutAsync("dd/3", Content(10, 3));
        Assert.Equal(2, (await _world.CopyAsync("memory://any/d", "out/")).GetProperty("files").GetInt32());
        Assert.Equal(["1", "e/é +"], _world.Names("out"));
        await _world.CopyAsync("out", "memory://any/again/");
        Assert.Equal(Content(10, 2), await _world.GetAsync("again/e/%C3%A9 +"));
    }

    [Fact]
    public async Task RunAsync_OfAPattern_KeepsTheNamesBelowItsFixedPart()
    {
        await _world.PutAsync("d/2026/a.bin", Content(10));
        await _world.PutAsync("d/2025/b.bin", Content(10));
        await _world.PutAsync("d/2025/b.txt", Content(10));
        await _world.CopyAsync("memory://any/d/*/*.bin", "out/");
        Assert.Equal(["2025/b.bin", "2026/a.bin"], _world.Names("out"));
    }

    [Fact]
    public async Task RunAsync_OfSeveral_CopiesThemIntoADirectoryThatIsThere()
    {
        Directory.CreateDirectory(_world.Name("out"));
        await _world.PutAsync("a", Content(10));
        await _world.PutAsync("d/b", Content(Part + 1));
        await _world.CopyAsync("memory://any/a", "memory://any/d", "out");
        Assert.Equal(["a", "b"], _world.Names("out"));
        AssertSame(Content(Part + 1), File.ReadAllBytes(_world.Name("out/b")));
    }

    [Fact]
    public async Task RunAsync_OntoWhatExists_RefusesOrSkipsOrReplaces()
    {
        await _world.PutAsync("a", Content(10, 1));
        File.WriteAllBytes(_world.Name("a"), Content(10, 2));
        File.WriteAllBytes(_world.Name("longer"), Content(11, 2));
        Assert.Contains("already exists", await _world.FailAsync(ExitCodes.Failed, "memory://any/a", "a"), StringComparison.Ordinal);
        Assert.Equal(Content(10, 2), File.ReadAllBytes(_world.Name("a")));
        Assert.Equal(1, (await _world.CopyAsync("--skip-existing", "memory://any/a", "a")).GetProperty("skipped").GetInt32());
        Assert.Equal(Content(10, 2), File.ReadAllBytes(_world.Name("a")));
        await _world.FailAsync(ExitCodes.Failed, "--skip-existing", "memory://any/a", "longer");
        await _world.CopyAsync("--overwrite", "memory://any/a", "a");
        Assert.Equal(Content(10, 1), File.ReadAllBytes(_world.Name("a")));
    }

    [Fact]
    public async Task RunAsync_OfSeveralOfWhichOneFails_CopiesTheOthers()
    {
        for (var index = 0; index < 20; index++)
            await _world.PutAsync($"d/{index:00}", Content(10, index));
        Directory.CreateDirectory(_world.Name("out"));
        File.WriteAllText(_world.Name("out/07"), "mine");
        var run = _world.NewRun();
        Assert.Equal(ExitCodes.Failed, await run.RunAsync("cp", "--json", "memory://any/nothing", "memory://any/d", "out/"));
        Assert.Contains("\"files\":19,\"skipped\":0,\"failed\":2,", run.Results, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Count(c => c == '\n'));
        Assert.Equal("mine", File.ReadAllText(_world.Name("out/07")));
        Assert.Equal(20, _world.Names("out").Length);
    }

    [Fact]
    public async Task RunAsync_OfTwoSourcesWithOneName_WritesItOnce()
    {
        await _world.PutAsync("d/a", Content(10, 1));
        await _world.PutAsync("e/a", Content(10, 2));
        var error = await _world.FailAsync(ExitCodes.Failed, "--overwrite", "memory://any/d", "memory://any/e", "out/");
        Assert.Contains("written twice", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WithinAStore_LetsTheStoreCopy()
    {
        var members = new List<string>();
        await _world.PutAsync("a", Content(Part * 2));
        _world.Memory.Fault = (member, _) =>
        {
            lock (members)
                members.Add(member);
        };
        Assert.Equal(Part * 2, (await _world.CopyAsync("memory://any/a", "memory://any/b")).GetProperty("bytes").GetInt32());
        Assert.Contains("CopyIfAbsentAsync", members);
        Assert.DoesNotContain("Read", members);
        AssertSame(await _world.GetAsync("a"), await _world.GetAsync("b"));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Part + 1)]
    public async Task RunAsync_OfASourceThatChanges_IsAnErrorAndLeavesNothing(int length)
    {
        await _world.PutAsync("a", Content(length, 1));
        var reads = 0;
        _world.Memory.Fault = (member, _) =>
        {
            if (member == "Read" && Interlocked.Increment(ref reads) == 1)
                _world.PutAsync("a", Content(length, 2)).GetAwaiter().GetResult();
        };
        foreach (var option in (string[])["--overwrite", "--resumable"])
        {
            reads = 0;
            Assert.Contains("changed", await _world.FailAsync(ExitCodes.Failed, option, "memory://any/a", "out/"), StringComparison.Ordinal);
            Assert.Empty(_world.Names("out"));
            Assert.Empty(_world.Names("copies"));
        }
    }

    [Fact]
    public async Task RunAsync_ThatFailsOnTheWay_LeavesNothing()
    {
        await _world.PutAsync("a", Content(3 * Part));
        var reads = 0;
        _world.Memory.Fault = (member, uri) => Fail(member == "Read" && Interlocked.Increment(ref reads) > 6, uri);
        Assert.Contains("line was cut", await _world.FailAsync(ExitCodes.Failed, "memory://any/a", "out/"), StringComparison.Ordinal);
        Assert.Empty(_world.Names("out"));
    }

    [Theory]
    [InlineData("memory://any/d", "out", "end it with a slash")]
    [InlineData("memory://any/d/*", "out", "end it with a slash")]
    [InlineData("memory://any/d", "memory://any/d/e/", "inside")]
    [InlineData("memory://any/d/**", "memory://any/d/e/", "inside")]
    [InlineData("memory://any/d", "", "empty")]
    public async Task RunAsync_WithATargetThatCannotBe_IsBadUsage(string source, string target, string expected)
    {
        await _world.PutAsync("d/a", Content(10));
        Assert.Contains(expected, await _world.FailAsync(ExitCodes.BadUsage, source, target), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("--parallel", "0", "a", "b")]
    [InlineData("--parallel", "x", "a", "b")]
    [InlineData("--nope", "a", "b")]
    public async Task RunAsync_WithAWrongLine_IsBadUsage(params string[] arguments) => await _world.FailAsync(ExitCodes.BadUsage, arguments);

    [Fact]
    public async Task RunAsync_OntoItself_IsRefused()
    {
        File.WriteAllText(_world.Name("a"), "mine");
        Assert.Contains("both source and target", await _world.FailAsync(ExitCodes.Failed, "--overwrite", "a", "./a"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_world.Name("a")));
    }

    [Fact]
    public async Task RunAsync_OfNamesThatLeadOutOfTheTarget_RefusesThem()
    {
        await _world.PutAsync("d/e/../../../evil", Content(10));
        await _world.PutAsync("d//f", Content(10));
        await _world.PutAsync("d/mark/", []);
        await _world.PutAsync("d/good", Content(10));
        var error = await _world.FailAsync(ExitCodes.Failed, "memory://any/d", "out/");
        Assert.Equal(2, error.Count(c => c == '\n'));
        Assert.Equal(["good"], _world.Names("out"));
        Assert.Equal(["out/good"], _world.Names("."));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(160_000, 16)]
    [InlineData(160_001, 17)]
    [InlineData(5L * 1024 * 1024, 525)]
    public void For_OfALength_MakesAtMostTenThousandParts(long mebibytes, int expected) => Assert.Equal(expected, PartSize.For(mebibytes << 20) >> 20);

    [Fact]
    public void Line_OfAnOnlyFile_TellsTheRest()
    {
        var totals = new CopyTotals { Length = 400 << 20 };
        totals.AddResumed(100 << 20);
        totals.AddBytes(100 << 20);
        Assert.Equal("50.0 %  200 MiB of 400 MiB  50.0 MiB/s  4.0 s left", CopyProgress.Line(totals, 50 << 20));
        Assert.Equal("0 files  0 B", CopyProgress.Line(new CopyTotals(), 0));
    }

    public void Dispose() => _world.Dispose();

    private static void Fail(bool when, ResourceUri uri)
    {
        if (when)
            throw new ObjectStoreException(ObjectStoreErrorKind.Transient, "The line was cut; try again.", uri.Scheme, uri);
    }
}
