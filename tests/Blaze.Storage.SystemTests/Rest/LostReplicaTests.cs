using System.Globalization;
using System.Text.Json.Nodes;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Rest;

/// <summary>A server of the REST endpoint may go at any time: who follows a job goes on at another one.</summary>
public sealed class LostReplicaTests(RedisFixture fixture)
{
    private const int Streams = 100;
    private const int Length = 48 << 20;
    private const int FirstReads = 8;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Replica_KilledDuringEventStreams_CostsNoEventAndRepeatsNone()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        using var files = new SourceFiles();
        var path = files.Random("a", Length, seed: 9);
        var address = await fixture.NewNamespaceAsync(deadline.Token);
        using var reads = new SemaphoreSlim(FirstReads);
        await using var cluster = await TestCluster.StartAsync(address, workers: 1, options: new WorkerOptions { Slots = 1 });
        // What the first server is to tell is known before all of the file is.
        cluster.Sources.BeforeRead = _ => reads.Wait(deadline.Token);
        using var doomed = await ApiProcess.StartAsync(address, files.Folder);
        using var other = await ApiProcess.StartAsync(address, files.Folder);
        var job = await doomed.Client.SubmitAsync(path, deadline.Token);

        var followed = Enumerable.Range(0, Streams).Select(_ => new FollowedJob()).ToList();
        var ends = Task.WhenAll(followed.Select(one => one.FollowAsync(job, doomed.Client, other.Client, deadline.Token)));
        await Task.WhenAll(followed.Select(one => one.Told)).WaitAsync(deadline.Token);
        doomed.Kill();
        reads.Release(Length);
        await ends;

        var answer = JsonNode.Parse(followed[0].Events[^1].Data)!["result"]!;
        Assert.Equal(Length, answer["counts"]!.AsArray().Sum(count => (long)count!));
        Assert.All(followed, one =>
        {
            Assert.InRange(one.ToldByTheFirst, 1, one.Events.Count - 1);
            Assert.All(one.Events.Zip(one.Events.Skip(1)), pair => Assert.True(IsBehind(pair.Second.EventId!, pair.First.EventId!), $"{pair.Second.EventId} came after {pair.First.EventId}."));
            Assert.Equal(("done", "end"), (one.Events[^1].EventType, one.Events[^1].EventId));
            Assert.Equal(answer.ToJsonString(), JsonNode.Parse(one.Events[^1].Data)!["result"]!.ToJsonString());
        });
    }

    // What an event tells only grows, and each tells something new.
    private static bool IsBehind(string later, string earlier)
    {
        if (later == "end")
            return earlier != "end";
        var (a, b) = (Parts(later), Parts(earlier));
        return a.Revision >= b.Revision && a.Feed >= b.Feed && a != b;
    }

    private static (long Revision, long Feed) Parts(string id) =>
        id.Split('.') is [var revision, var feed] ? (long.Parse(revision, CultureInfo.InvariantCulture), long.Parse(feed, CultureInfo.InvariantCulture)) : default;
}
