using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests;

public sealed class RedisConnectionTests(RedisFixture fixture) : ConnectionTests(fixture)
{
    [Fact]
    public async Task Submit_ManyPagesAtOnce_SendsTheScriptOnce()
    {
        const int scripts = 3;
        await using var server = await Fixture.StartOwnAsync(Cancellation);
        await using var center = await CenterConnection.ConnectAsync(CenterAddress.Parse(server.Address("ns")), Cancellation);
        await center.Sessions.OpenAsync("s", 0, Lease, "{}", Cancellation);

        await center.Sessions.SubmitAsync("s", [.. Enumerable.Range(0, 5000).Select(at => New($"t{at}"))], Cancellation);

        await using var admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},password={server.Password},allowAdmin=true");
        var calls = await admin.GetServers().Single().InfoRawAsync("commandstats") ?? "";
        Assert.Equal((scripts, scripts), (CallsOf("script|load", calls), CallsOf("eval", calls)));
    }

    private static int CallsOf(string command, string statistics) =>
        Regex.Match(statistics, $@"^cmdstat_{Regex.Escape(command)}:calls=(\d+)", RegexOptions.Multiline) is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;
}

public sealed class GarnetConnectionTests(GarnetFixture fixture) : ConnectionTests(fixture)
{
    [Fact]
    public async Task Connect_ServerWithoutLua_Unsupported()
    {
        await using var server = await CenterServers.StartGarnetWithoutLuaAsync(Cancellation);
        var error = await FailsAsync(CenterAddress.Parse(server.Address("ns")));
        Assert.Equal(CenterErrorKind.Unsupported, error.Kind);
        Assert.Contains("Lua", error.Message, StringComparison.Ordinal);
    }
}

public abstract class ConnectionTests(ServerFixture fixture) : CenterTest(fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Connect_WrongPassword_SaysSo()
    {
        var error = await FailsAsync(Address with { Password = "wrong-one" });
        Assert.Equal(CenterErrorKind.Unauthenticated, error.Kind);
        Assert.DoesNotContain("wrong-one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NoPassword_SaysThatOneIsWanted()
    {
        var error = await FailsAsync(Address with { Password = null });
        Assert.Equal(CenterErrorKind.Unauthenticated, error.Kind);
        Assert.Contains("wants a password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NobodyListens_Unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(CenterErrorKind.Unavailable, (await FailsAsync(Address with { Port = port })).Kind);
    }

    [Fact]
    public async Task Connect_UnknownHost_Unavailable() =>
        Assert.Equal(CenterErrorKind.Unavailable, (await FailsAsync(Address with { Host = "no-such-host.invalid" })).Kind);

    [Fact]
    public async Task Connect_OtherProtocolVersion_Refused()
    {
        await Center.Server.RunAsync(database => database.HashSetAsync(KeyOf("meta"), "protocol", "999"), Cancellation);
        var error = await FailsAsync(Address);
        Assert.Equal(CenterErrorKind.ProtocolMismatch, error.Kind);
        Assert.Contains("999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CenterConnection.ConnectAsync(Address, source.Token));
    }

    [Fact]
    public async Task Call_ServerGoneAndBack_UnavailableThenWorksOnTheSameConnection()
    {
        await using var server = await Fixture.StartOwnAsync(Cancellation);
        await using var center = await CenterConnection.ConnectAsync(CenterAddress.Parse(server.Address("ns")), Cancellation);
        await SubmitAsync(center, "a");
        await server.StopAsync();
        var error = await Assert.ThrowsAsync<CenterException>(() => center.Jobs.GetAsync("a", Cancellation));
        Assert.Equal(CenterErrorKind.Unavailable, error.Kind);
        await server.StartAgainAsync(Cancellation);
        // The server came back empty, with no script in its memory either.
        Assert.Equal(ScriptStatus.Done, await UntilAvailableAsync(() => SubmitAsync(center, "b")));
        Assert.Equal("root-b", Assert.Single((await center.Tasks.StepAsync(new StepRequest(Worker, [], 9, Lease), Cancellation)).Claimed).Key);
    }

    [Fact]
    public async Task Events_AfterTheServerWasAway_StillCome()
    {
        await using var server = await Fixture.StartOwnAsync(Cancellation);
        await using var center = await CenterConnection.ConnectAsync(CenterAddress.Parse(server.Address("ns")), Cancellation);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        center.JobEnded += job => ended.TrySetResult(job);
        await server.StopAsync();
        await server.StartAgainAsync(Cancellation);
        for (var number = 0; !ended.Task.IsCompleted; number++)
        {
            Assert.True(number < 10_000, "No message came although jobs ended.");
            await UntilAvailableAsync(() => SubmitAsync(center, $"j{number}"));
            await UntilAvailableAsync(() => center.Tasks.CancelAsync($"j{number}", Cancellation));
        }

        Assert.StartsWith("j", await ended.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfAnotherConnection_AreHeard()
    {
        await using var other = await CenterConnection.ConnectAsync(Address, Cancellation);
        var (ready, ended, cancelled) = (Source<bool>(), Source<string>(), Source<string>());
        other.ReadyAnnounced += _ => ready.TrySetResult(true);
        other.JobEnded += job => ended.TrySetResult(job);
        other.JobCancelled += job => cancelled.TrySetResult(job);
        await SubmitAsync("a");
        await ready.Task.WaitAsync(Deadline, Cancellation);
        await Tasks.CancelAsync("a", Cancellation);
        Assert.Equal("a", await ended.Task.WaitAsync(Deadline, Cancellation));
        Assert.Equal("a", await cancelled.Task.WaitAsync(Deadline, Cancellation));
    }

    [Fact]
    public async Task Ready_OfASingleTask_NamesTheWorkerThatHasNothingToDo()
    {
        var named = System.Threading.Channels.Channel.CreateUnbounded<string?>();
        Center.ReadyAnnounced += worker => named.Writer.TryWrite(worker);
        var idle = new StepRequest("w2", [], 1, Lease) { IsIdle = true };
        Assert.Empty((await Tasks.StepAsync(idle, Cancellation)).Claimed);
        await SubmitAsync("a");
        Assert.Equal("w2", await named.Reader.ReadAsync(Cancellation));
        // It has something to do now, and the one that asks besides its work has as well.
        Assert.Single((await Tasks.StepAsync(idle, Cancellation)).Claimed);
        Assert.Empty((await Tasks.StepAsync(idle with { IsIdle = false }, Cancellation)).Claimed);
        await SubmitAsync("b");
        Assert.Null(await named.Reader.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Ready_OfATaskForCertainPlaces_IsForAll()
    {
        var named = System.Threading.Channels.Channel.CreateUnbounded<string?>();
        Center.ReadyAnnounced += worker => named.Writer.TryWrite(worker);
        Assert.Empty((await Tasks.StepAsync(new StepRequest("w2", [], 1, Lease) { IsIdle = true }, Cancellation)).Claimed);
        await ExpandAsync("a", New("x") with { HardPlaces = ["p"] });
        Assert.Equal("w2", await named.Reader.ReadAsync(Cancellation));
        Assert.Null(await named.Reader.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Clients_ManyAtOnce_EveryTaskIsDoneOnceAndCountedOnce()
    {
        const int Count = 2_000;
        string[] keys = [.. Enumerable.Range(0, Count).Select(number => $"x{number}")];
        await ExpandAsync("a", [.. keys.Select(key => Leaf(key, 1)), Merge("m", keys)]);
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(WorkAsync));
        Assert.Equal(keys.Append("m").Order(StringComparer.Ordinal), done.SelectMany(one => one).Order(StringComparer.Ordinal));
        await SettleAsync();
        var job = await JobAsync("a");
        // The merge says that it read a byte too.
        Assert.Equal((JobState.Done, Count, Count + 1), (job.State, job.Progress.BlocksComputed, job.Progress.BytesRead));
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await Center.Jobs.FeedAsync("a", 0, Count + 1, Cancellation)).Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> WorkAsync(int number)
    {
        await using var center = await CenterConnection.ConnectAsync(Address, Cancellation);
        var done = new List<string>();
        IReadOnlyList<ClaimedTask> held = [];
        while (true)
        {
            Completion[] completions = [.. held.Select(task => new Completion(task.Key, task.Attempt, 1, false))];
            var reply = await center.Tasks.StepAsync(new StepRequest($"w{number}", completions, 16, Lease), Cancellation);
            Assert.All(reply.Completions, status => Assert.Equal(ScriptStatus.Done, status));
            done.AddRange(held.Select(task => task.Key));
            held = reply.Claimed;
            if (held.Count == 0 && (await center.Jobs.GetAsync("a", Cancellation))!.State != JobState.Running)
                return done;
        }
    }

    private static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<ScriptStatus> SubmitAsync(CenterConnection center, string job) =>
        center.Tasks.SubmitAsync(new JobSubmission(job, "spec", 0, New("root-" + job)), Cancellation);

    protected static Task<CenterException> FailsAsync(CenterAddress address) =>
        Assert.ThrowsAsync<CenterException>(() => CenterConnection.ConnectAsync(address, Cancellation));

    // The connection comes back in its own time; a refused call takes some of it.
    private static async Task<T> UntilAvailableAsync<T>(Func<Task<T>> call)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (CenterException exception) when (exception.Kind == CenterErrorKind.Unavailable && Stopwatch.GetElapsedTime(start) < Deadline)
            {
                await Task.Yield();
            }
        }
    }
}
