using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core.Values;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Client.Tests.Servers;

public sealed class RedisGraphTests(RedisFixture fixture) : GraphTests(fixture), IClassFixture<RedisFixture>;

public sealed class GarnetGraphTests(GarnetFixture fixture) : GraphTests(fixture), IClassFixture<GarnetFixture>;

/// <summary>Graphs of calls, run by hand.</summary>
public abstract class GraphTests(ServerFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private CenterConnection _center = null!;
    private BlazeClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        _center = await CenterConnection.ConnectAsync(address, Token);
        _client = await BlazeClient.ConnectAsync(address, null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        if (_center is not null)
            await _center.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Follow_AfterTheFirstLook_ReadsOnlyWhatHadNotEnded()
    {
        var id = await _client.Shared.SubmitAsync([Call("a", 1), Call("b", 2)], cancellationToken: Token);
        await RunAsync();
        await using var looks = _client.Shared.FollowGraphAsync(id, Token).GetAsyncEnumerator(Token);
        Assert.True(await looks.MoveNextAsync());
        var done = Assert.Single(looks.Current.Calls, call => call.State == JobState.Done);

        // Whoever read it again would find that nobody knows it.
        Assert.Equal(ScriptStatus.Done, await _center.Sessions.ReleaseAsync(id, [done.Key], Token));
        Assert.Equal(JobState.Cancelled, (await _client.Shared.GetGraphAsync(id, Token))!.Calls.Single(call => call.Key == done.Key).State);
        await RunAsync();
        Assert.True(await looks.MoveNextAsync());
        Assert.Equal((JobState.Done, 2), (looks.Current.State, looks.Current.Ended));
        Assert.False(await looks.MoveNextAsync());
    }

    [Fact]
    public async Task Follow_OfCallsThatFail_SaysWhichAndWhy()
    {
        var id = await _client.Shared.SubmitAsync([Call("a", 1), new GraphCall("b", "add", [new GraphArgument(null, "a")])], "ann", cancellationToken: Token);
        var task = await ClaimAsync();
        Assert.Equal(ScriptStatus.Done, await _center.Tasks.FailAsync(task.Key, task.Attempt, """{"type":"Boom","message":"It went off."}""", Token));
        GraphInfo? last = null;
        await foreach (var look in _client.Shared.FollowGraphAsync(id, Token))
            last = look;
        Assert.Equal((JobState.Failed, "ann"), (last!.State, last.Owner));
        Assert.All(last.Calls, call => Assert.Contains("It went off.", call.Error, StringComparison.Ordinal));
    }

    private static GraphCall Call(string name, int number) => new(name, "add", [new GraphArgument(new Value(ValueFormat.Json, new[] { (byte)('0' + number) }), null)]);

    private async Task<ClaimedTask> ClaimAsync() => Assert.Single((await _center.Tasks.StepAsync(new StepRequest("hand", [], 1, Lease), Token)).Claimed);

    // Runs one call.
    private async Task RunAsync()
    {
        var task = await ClaimAsync();
        var completion = new Completion(task.Key, task.Attempt, 0, false) { Result = new TaskValue(ValueFormat.Json, "7"u8.ToArray(), null) };
        Assert.Equal([ScriptStatus.Done], (await _center.Tasks.StepAsync(new StepRequest("hand", [completion], 0, Lease), Token)).Completions);
    }
}
