using System.Diagnostics;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.TestKit.Faults;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests;

public sealed class RedisSilenceTests(RedisFixture fixture) : SilenceTests(fixture);

public sealed class GarnetSilenceTests(GarnetFixture fixture) : SilenceTests(fixture);

/// <summary>Connections on which packets stop arriving although nothing breaks them.</summary>
public abstract class SilenceTests(ServerFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_Silent_UnavailableThenWorksOnceTheWayIsOpen()
    {
        await using var relay = CenterRelay.Start(await fixture.NewNamespaceAsync(Cancellation));
        await using var center = await ConnectAsync(relay, TimeSpan.FromSeconds(1));
        await SubmitAsync(center, "a");

        relay.FallSilent();
        var error = await Assert.ThrowsAsync<CenterException>(() => center.Jobs.GetAsync("a", Cancellation).WaitAsync(Deadline, Cancellation));
        relay.Speak();

        Assert.Equal(CenterErrorKind.Unavailable, error.Kind);
        Assert.Equal("a", (await UntilAvailableAsync(() => center.Jobs.GetAsync("a", Cancellation)))?.Id);
    }

    [Fact]
    public async Task Events_OfAConnectionThatWasSilent_AreHeardAgain()
    {
        var address = await fixture.NewNamespaceAsync(Cancellation);
        await using var relay = CenterRelay.Start(address);
        await using var center = await ConnectAsync(relay, TimeSpan.FromSeconds(1));
        await using var other = await CenterConnection.ConnectAsync(address, Cancellation);
        var (heard, dropped) = (Source<string>(), Source<string>());
        center.JobCancelled += job => heard.TrySetResult(job);
        await using var channel = await center.Server.SubscribeAsync(RedisChannel.Literal("of-this-test"), message => dropped.TrySetResult(message.ToString()), Cancellation);
        var silent = await center.Server.SubscribeAsync(RedisChannel.Literal("of-this-test"), _ => Assert.Fail("It was ended."), Cancellation);

        relay.FallSilent();
        await silent.DisposeAsync();
        relay.Speak();
        await UntilAvailableAsync(() => SubmitAsync(center, "a"));
        await other.Tasks.CancelAsync("a", Cancellation);
        await other.Server.RunAsync(database => database.PublishAsync(RedisChannel.Literal("of-this-test"), "m"), Cancellation);

        Assert.Equal("a", await heard.Task.WaitAsync(Deadline, Cancellation));
        Assert.Equal("m", await dropped.Task.WaitAsync(Deadline, Cancellation));
    }

    [Fact]
    public async Task Silence_FiftyTimes_LeavesNothingBehind()
    {
        await using var relay = CenterRelay.Start(await fixture.NewNamespaceAsync(Cancellation));
        await using var center = await ConnectAsync(relay, TimeSpan.FromMilliseconds(300));
        await SubmitAsync(center, "a");
        var before = Threads();

        for (var time = 0; time < 50; time++)
        {
            relay.FallSilent();
            relay.Speak();
            await UntilAvailableAsync(() => center.Jobs.GetAsync("a", Cancellation));
        }

        // One connection for commands and one for messages; the ends of the others take their time to arrive.
        for (var start = Stopwatch.GetTimestamp(); relay.OpenConnections > 2; await Task.Yield())
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"{relay.OpenConnections} connections stayed open.");
        Assert.True(Threads() < before + 25, $"{before} threads became {Threads()}.");
    }

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }

    private static Task<CenterConnection> ConnectAsync(CenterRelay relay, TimeSpan patience) =>
        CenterConnection.ConnectAsync(relay.Address, new CenterOptions { AnswerTimeout = patience }, Cancellation);

    private static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<ScriptStatus> SubmitAsync(CenterConnection center, string job) =>
        center.Tasks.SubmitAsync(new JobSubmission(job, "spec", 0, new TaskAddition("root-" + job, "recipe"u8.ToArray(), [], 1, 0)), Cancellation);

    private static async Task<T> UntilAvailableAsync<T>(Func<Task<T>> call)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
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
