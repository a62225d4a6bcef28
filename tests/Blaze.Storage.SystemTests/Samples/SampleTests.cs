using System.Text.RegularExpressions;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.SystemTests.Futures;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Samples;

/// <summary>The samples as users run them, each small.</summary>
public sealed partial class SampleTests(RedisFixture fixture, S3Fixture s3)
{
    private const string Program = "Blaze.Storage.Samples.dll";

    // That of the cluster.
    private const string KeyText = "00112233445566778899aabbccddeeff";

    [Fact]
    public async Task Tree_FiveSmallArrays_AddsThemUp()
    {
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var cluster = await TestCluster.StartAsync(address, workers: 2);

        var (code, output, error) = await BlazeCommand.RunAsync(Program, address, "", "tree", "5", "1000");

        Assert.Equal((0, "the sum of 5 arrays of 1000 numbers is 2507500, expected 2507500\n", ""), (code, output, error));
    }

    [Fact]
    public async Task Words_TwoFiles_ListsTheMostFrequent()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var folder = Directory.CreateTempSubdirectory("blaze-words-");
        var (first, second) = (Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b"));
        await File.WriteAllTextAsync(first, "One two, two.\nThree", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(second, "three (three) two 4", TestContext.Current.CancellationToken);

        var (code, output, error) = await BlazeCommand.RunAsync(Program, cluster.Address, KeyText, "words", first, second);
        folder.Delete(recursive: true);

        Assert.Equal((0, "       3 three\n       3 two\n       1 4\n       1 one\n", ""), (code, output, error));
    }

    [Fact]
    public async Task Words_ObjectsInABucket_ListsTheMostFrequent()
    {
        var token = TestContext.Current.CancellationToken;
        var server = await s3.ServerAsync(token);
        await using var bucket = await FaultyBucket.StartAsync(s3);
        await bucket.Direct.PutAsync(bucket.UriOf("a"), "One two, two.\nThree"u8.ToArray(), token);
        await bucket.Direct.PutAsync(bucket.UriOf("b"), "three (three) two 4"u8.ToArray(), token);
        var address = await fixture.NewNamespaceAsync(token);
        using var worker = WorkerProcess.Start(
            address, ["--allow-code"], ("BLAZE_CLUSTER_KEY", KeyText), ("AWS_ENDPOINT_URL", server.Endpoint.ToString()), ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", server.AccessKey), ("AWS_SECRET_ACCESS_KEY", server.SecretKey));

        var (code, output, error) = await BlazeCommand.RunAsync(Program, address, KeyText, "words", bucket.UriOf("a").ToString(), bucket.UriOf("b").ToString());

        Assert.Equal((0, "       3 three\n       3 two\n       1 4\n       1 one\n", ""), (code, output, error));
    }

    [Fact]
    public async Task Pi_FewPoints_IsAboutPi()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        var (code, output, error) = await BlazeCommand.RunAsync(Program, cluster.Address, KeyText, "pi", "8", "10000");

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(Pi(), output);
    }

    [Fact]
    public async Task Pi_WithoutAKey_SaysWhatIsMissing()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        var (code, _, error) = await BlazeCommand.RunAsync(Program, cluster.Address, "", "pi", "1", "1");

        Assert.Equal(1, code);
        Assert.Contains("cluster key", error, StringComparison.Ordinal);
    }

    // The same seeds give the same points.
    [GeneratedRegex(@"^pi is 3\.1[345]\d+ ± 0\.005\d+\n$")]
    private static partial Regex Pi();
}
