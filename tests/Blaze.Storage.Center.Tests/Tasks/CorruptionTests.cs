using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisCorruptionTests(RedisFixture fixture) : CorruptionTests(fixture);

public sealed class GarnetCorruptionTests(GarnetFixture fixture) : CorruptionTests(fixture);

/// <summary>Somebody else wrote into the table.</summary>
public abstract class CorruptionTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("leased 1 0 w a")]
    [InlineData("asleep 1 0 w a -")]
    [InlineData("leased -1 0 w a -")]
    [InlineData("leased x 0 w a -")]
    [InlineData("leased 1 0 w a ?7")]
    [InlineData("leased 1 0 w a bx")]
    public async Task Line_ThatCannotBeRead_FailsTheJobWithAnErrorThatNamesIt(string line)
    {
        await ExpandAsync("a", Leaf("x"), Merge("m", "x"));
        var task = await ClaimOneAsync();
        await WriteAsync("tasks", "x", line);
        Assert.Equal(ScriptStatus.Corrupt, await CompleteAsync(task));
        await SettleAsync();
        var job = await JobAsync("a");
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("\"task\":\"x\"", job.Error, StringComparison.Ordinal);
        Assert.Contains("entry of task x cannot be read", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_OfTheRoot_StillEndsTheJob()
    {
        await SubmitAsync("a");
        await WriteAsync("tasks", "root-a", "ready 1 a");
        Assert.Empty(await ClaimAsync(1));
        Assert.Equal(JobState.Failed, (await JobAsync("a")).State);
    }

    [Fact]
    public async Task Line_AmongOthers_DoesNotStopThem()
    {
        await ExpandAsync("a", Leaf("x"), Merge("ma", "x"));
        await WriteAsync("tasks", "x", "?");
        await SubmitAsync("b");
        Assert.Equal(["root-b"], (await ClaimAsync(9)).Select(task => task.Key));
    }

    [Fact]
    public async Task Recipe_Gone_FailsTheJobWithAnErrorThatNamesIt()
    {
        await SubmitAsync("a");
        var root = await ClaimOneAsync();
        var large = new TaskAddition("x", new byte[300], [], 1, 0);
        await Tasks.ContinueAsync(To(root, "x", large), Cancellation);
        await Center.Server.RunAsync(database => database.HashDeleteAsync(KeyOf("recipes"), "x"), Cancellation);
        Assert.Empty(await ClaimAsync(1));
        await SettleAsync();
        Assert.Contains("recipe of task x", (await JobAsync("a")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobRecord_ThatCannotBeRead_ErrorNamesIt()
    {
        await SubmitAsync("a");
        await WriteAsync("jobs", "a priority", "high");
        var error = await Assert.ThrowsAsync<CenterException>(() => Center.Jobs.GetAsync("a", Cancellation));
        Assert.Equal(CenterErrorKind.Corrupt, error.Kind);
        Assert.Contains("job a ", error.Message, StringComparison.Ordinal);
    }

    private Task<bool> WriteAsync(string hash, string field, string value) =>
        Center.Server.RunAsync(database => database.HashSetAsync(KeyOf(hash), field, value), Cancellation);
}
