using System.Collections.Concurrent;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisPutValuesTests(RedisFixture fixture) : PutValuesTests(fixture);

public sealed class GarnetPutValuesTests(GarnetFixture fixture) : PutValuesTests(fixture);

public abstract class PutValuesTests(ServerFixture fixture) : SessionTest(fixture)
{
    [Fact]
    public async Task Put_Values_AreDoneAndServeTasks()
    {
        await OpenAsync();

        await Sessions.PutAsync(Session, [new("here", Inline("1")), new("there", At("w7"))], Cancellation);
        await Sessions.PutAsync(Session, [new("here", Inline("2"))], Cancellation);
        await SubmitAsync(Call("sum", "here", "there"));

        Assert.Equal(TaskState.Done, (await GetAsync("there")).State);
        var task = await ClaimOneAsync();
        Assert.Equal("sum", task.Key);
        Assert.Equal("1", Text(task.Inputs.Single(input => input.Key == "here").Value.Inline));
        Assert.Equal(["w7"], task.Inputs.Single(input => input.Key == "there").Value.Location!.Workers);
    }

    [Fact]
    public async Task Release_OfAPutValue_TellsItsWorkersAndForgetsIt()
    {
        var dropped = new BlockingCollection<string>();
        await using var listening = await Center.Workers.ListenDroppedAsync(
            "w7", keys => dropped.Add(keys.Count == 0 ? "listen" : string.Join(' ', keys)), Cancellation);
        await OpenAsync();
        await Sessions.PutAsync(Session, [new("there", At("w7"))], Cancellation);

        await ReleaseAsync("there");

        Assert.True(dropped.TryTake(out var key, TimeSpan.FromSeconds(30)));
        Assert.Equal("there", key);
        Assert.Empty(await FieldsAsync("results"));
        Assert.Empty(await FieldsAsync("tasks"));
        await Center.Workers.AskToListenAsync("w7", Cancellation);
        Assert.True(dropped.TryTake(out var asked, TimeSpan.FromSeconds(30)));
        Assert.Equal("listen", asked);
    }

    [Fact]
    public async Task Recompute_OfAPutValue_HasNoRecipe()
    {
        await OpenAsync();
        await Sessions.PutAsync(Session, [new("there", At("w7"))], Cancellation);
        await SubmitAsync(Call("sum", "there"));
        var task = await ClaimOneAsync();

        Assert.Equal(ScriptStatus.NoRecipe, await Tasks.RecomputeAsync(task.Key, task.Attempt, ["there"], Cancellation));
    }

    [Fact]
    public async Task NoteCopy_OfALocatedValue_AddsTheWorkerOnce()
    {
        await OpenAsync();
        await Sessions.PutAsync(Session, [new("there", At("w7")), new("here", Inline("1"))], Cancellation);

        Assert.Equal(ScriptStatus.Done, await Sessions.NoteCopyAsync("w8", "there", 0xdeadbeef, Cancellation));
        Assert.Equal(ScriptStatus.Done, await Sessions.NoteCopyAsync("w8", "there", 0xdeadbeef, Cancellation));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.NoteCopyAsync("w9", "there", 1, Cancellation));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.NoteCopyAsync("w9", "here", 1, Cancellation));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.NoteCopyAsync("w9", "unknown", 1, Cancellation));

        Assert.Equal(["w7", "w8"], (await GetAsync("there")).Location!.Workers);
    }

    [Fact]
    public async Task Put_ForAnEndedSession_IsRefused()
    {
        await OpenAsync();
        await Sessions.CloseAsync(Session, Cancellation);

        var problem = await Assert.ThrowsAsync<CenterException>(() => Sessions.PutAsync(Session, [new("here", Inline("1"))], Cancellation));

        Assert.Equal(CenterErrorKind.SessionEnded, problem.Kind);
    }

    [Fact]
    public async Task PeerSecret_AskedByMany_IsTheSameForAll()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Center.Workers.PeerSecretAsync(Cancellation)));

        Assert.Matches("^[0-9a-f]{64}$", secrets[0]);
        Assert.Single(secrets.Distinct());
    }
}
