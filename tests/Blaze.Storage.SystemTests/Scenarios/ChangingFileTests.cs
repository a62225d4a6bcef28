using Blaze.Storage.Center;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>A file that changes during a job fails it with an error that says so, and leaves nothing stale behind.</summary>
public abstract class ChangingFileTests(ServerFixture fixture)
{
    private const int MiB = 1 << 20;

    public enum Change
    {
        Rewrite,
        Truncate,
        Replace,
        Append,
        Remove,
    }

    private Task<CenterAddress> NewNamespaceAsync() => fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(Change.Rewrite)]
    [InlineData(Change.Truncate)]
    [InlineData(Change.Replace)]
    [InlineData(Change.Append)]
    [InlineData(Change.Remove)]
    public async Task File_ChangedDuringTheJob_FailsItAndLeavesNothingStale(Change change)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 20 * MiB, 6);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Sources.BeforeRead = read =>
        {
            if (read != 7)
                return;
            Apply(change, path);
            changed.SetResult();
        };

        var failed = await cluster.AskAsync(SourceFiles.Question("HIST", path));

        // The other slot may have met the change, and ended the job, while it was still being made.
        await changed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(failed.State == Client.JobState.Failed, failed.State.ToString());
        Assert.Contains(path, failed.Error!.Message, StringComparison.Ordinal);
        cluster.Sources.BeforeRead = null;
        if (change == Change.Remove)
            return;
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var after = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));
        Assert.Equal(NaiveHistogram.Of(1, bytes, new ByteRange(0, bytes.Length)).Counts, ((HistogramValue)after.Value!).Counts);
    }

    private static void Apply(Change change, string path)
    {
        switch (change)
        {
            case Change.Rewrite:
                using (var file = File.OpenWrite(path))
                    file.Write(new byte[12 * MiB]);
                break;
            case Change.Truncate:
                using (var file = File.OpenWrite(path))
                    file.SetLength(3 * MiB);
                break;
            case Change.Replace:
                File.Copy(path, path + ".new");
                File.Move(path + ".new", path, overwrite: true);
                break;
            case Change.Append:
                using (var file = new FileStream(path, FileMode.Append))
                    file.WriteByte(1);
                break;
            case Change.Remove:
                File.Delete(path);
                break;
        }
    }
}

public sealed class ChangingFileOnRedisTests(RedisFixture fixture) : ChangingFileTests(fixture);

public sealed class ChangingFileOnGarnetTests(GarnetFixture fixture) : ChangingFileTests(fixture);
