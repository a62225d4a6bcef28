using System.Net;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Rest;

/// <summary>A job that is cancelled over HTTP stops reading.</summary>
public sealed class CancelTests(RedisFixture fixture)
{
    private const long Length = 10L << 30;
    private const long OtherLength = 2L << 30;
    private const int FirstReads = 100;

    // A thread that the machine does not let run may have one read under way for longer than the promise; a job that went on would read gigabytes.
    private const long Margin = 32L << 20;
    private static readonly TimeSpan Promise = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Delete_OfAJobOverALargeFile_EndsItsReadsWithin100Milliseconds()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        using var files = new SourceFiles();
        var (path, other) = (Sparse(files, "cancelled", Length), Sparse(files, "other", OtherLength));
        var address = await fixture.NewNamespaceAsync(deadline.Token);
        using var api = await ApiProcess.StartAsync(address, files.Folder);
        var amid = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answered = new ManualResetEventSlim();
        await using var cluster = await TestCluster.StartAsync(address, workers: 0);
        // However fast the file is read, most of it is left when the answer comes.
        cluster.Sources.BeforeRead = read =>
        {
            if (read < FirstReads)
                return;
            amid.TrySetResult();
            answered.Wait(deadline.Token);
        };
        await cluster.StartWorkerAsync(new WorkerOptions { Slots = 2 });
        var job = await api.Client.SubmitAsync(path, deadline.Token);
        await amid.Task.WaitAsync(deadline.Token);

        using var response = await api.Client.DeleteAsync(job, deadline.Token);
        using var promise = new PeriodicTimer(Promise, TimeProvider.System);
        answered.Set();
        await promise.WaitForNextTickAsync(deadline.Token);
        var promised = cluster.Sources.BytesRead;
        // Jobs share a worker evenly: one that went on would read as much meanwhile as this one.
        await cluster.AnswerAsync(SourceFiles.Question("HIST", other));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"state\":\"cancelled\"", await response.Content.ReadAsStringAsync(deadline.Token), StringComparison.Ordinal);
        Assert.InRange(cluster.Sources.BytesRead - OtherLength - promised, 0, Margin);
        Assert.InRange(promised, 1, Length / 2);
    }

    private static string Sparse(SourceFiles files, string name, long length)
    {
        using var file = File.Create(files.PathOf(name));
        file.SetLength(length);
        return file.Name;
    }
}
