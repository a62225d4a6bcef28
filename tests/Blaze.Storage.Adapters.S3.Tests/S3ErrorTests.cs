using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

/// <summary>What a real server refuses.</summary>
public sealed class S3ErrorTests(S3Fixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task AnyCall_WithAWrongSecret_IsUnauthenticated()
    {
        var uri = await NewUriAsync("a");
        using var store = new S3Store(TestOptions.Of(Server) with { SecretKey = "wrong-secret" });
        await EachCallFailsAsync(store, uri, ObjectStoreErrorKind.Unauthenticated, "secret key does not belong");
    }

    [Fact]
    public async Task AnyCall_WithAnUnknownAccessKey_IsUnauthenticated()
    {
        var uri = await NewUriAsync("a");
        using var store = new S3Store(TestOptions.Of(Server) with { AccessKey = "nobody" });
        await EachCallFailsAsync(store, uri, ObjectStoreErrorKind.Unauthenticated, "does not know the access key");
    }

    [Fact]
    public async Task AnyCall_WithoutKeys_IsUnauthenticatedAndSaysHowToGiveThem()
    {
        var uri = await NewUriAsync("a");
        using var store = new S3Store(TestOptions.Of(Server) with { AccessKey = null, SecretKey = null });
        await EachCallFailsAsync(store, uri, ObjectStoreErrorKind.Unauthenticated, "AWS_ACCESS_KEY_ID");
    }

    [Fact]
    public async Task AnyCall_InAnUnknownBucket_IsNotFoundAndNamesTheBucket() =>
        await EachCallFailsAsync(Store, ResourceUri.Parse("s3://no-such-bucket/a"), ObjectStoreErrorKind.NotFound, "there is no bucket 'no-such-bucket'");

    [Theory]
    [InlineData("x")]
    [InlineData("UPPER_case")]
    [InlineData("a:b")]
    [InlineData("..")]
    [InlineData("arn:aws:s3:us-east-1:123456789012:accesspoint")]
    [InlineData("-")]
    public async Task AnyCall_ToABucketThatCannotBe_IsAnErrorOfTheStore(string bucket)
    {
        foreach (var pathStyle in (bool[])[true, false])
        {
            // Nothing is to be looked up: the host is an address.
            using var store = new S3Store(TestOptions.Of(Server) with { PathStyle = pathStyle });
            var uri = ResourceUri.Create("s3", bucket, "/a"u8);
            foreach (var call in (Func<Task>[])[() => store.StatAsync(uri, Token), () => store.PutAsync(uri, Bytes(1), Token), () => store.ListAsync(uri, Token).CountAsync(Token).AsTask()])
                Assert.Contains(bucket, (await Assert.ThrowsAsync<ObjectStoreException>(call)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnyCall_WhereNothingListens_IsTransient()
    {
        using var store = new S3Store(TestOptions.Of(Server) with { Endpoint = new Uri("http://127.0.0.1:1") });
        await EachCallFailsAsync(store, ResourceUri.Parse("s3://bucket/a"), ObjectStoreErrorKind.Transient, "does not take the connection");
    }

    [Fact]
    public async Task AnyCall_WithoutRegionAndEndpoint_SaysWhatToSet()
    {
        using var store = new S3Store(new S3Options { AccessKey = "someone", SecretKey = "very-secret" });
        await EachCallFailsAsync(store, ResourceUri.Parse("s3://bucket/a"), ObjectStoreErrorKind.Other, "AWS_REGION");
    }

    [Fact]
    public async Task Read_WhileTheGatewayIsKilled_IsTransientAndGoesOnWhenItIsBack()
    {
        await using var server = await S3Server.StartAsync(null, Token);
        using var store = new S3Store(TestOptions.Of(server));
        var uri = S3Location.UriOf(await server.NewBucketAsync(Token), "a");
        await store.PutAsync(uri, Bytes(1_000_000), Token);
        using var reader = await store.OpenAsync(uri, null, Token);
        var buffer = new byte[1_000_000];
        Assert.Equal(buffer.Length, await reader.ReadAsync(0, buffer, Token));
        var reading = ReadUntilItFailsAsync(reader);
        await server.KillGatewayAsync(Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => reading);
        Assert.Equal(ObjectStoreErrorKind.Transient, failure.Kind);
        await server.StartGatewayAsync(Token);
        Assert.Equal(buffer.Length, await reader.ReadAsync(0, buffer, Token));
        Assert.Equal(Bytes(1_000_000), buffer);
    }

    [Fact]
    public async Task Dispose_OfTheServer_LeavesNothingListening()
    {
        var server = await S3Server.StartAsync(null, Token);
        await server.DisposeAsync();
        using var store = new S3Store(TestOptions.Of(server));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(ResourceUri.Parse("s3://bucket/a"), Token));
        Assert.Equal(ObjectStoreErrorKind.Transient, failure.Kind);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(server.CertificateFile))));
    }

    private static async Task ReadUntilItFailsAsync(IRangeReader reader)
    {
        var buffer = new byte[1_000_000];
        while (true)
            await reader.ReadAsync(0, buffer, Token);
    }

    private static async Task EachCallFailsAsync(S3Store store, ResourceUri uri, ObjectStoreErrorKind kind, string said)
    {
        Func<Task>[] calls =
        [
            () => store.StatAsync(uri, Token),
            () => store.OpenAsync(uri, null, Token),
            () => store.GetAsync(uri, null, Token),
            () => store.ListAsync(ResourceUri.Parse($"s3://{uri.Authority}/"), Token).CountAsync(Token).AsTask(),
            () => store.PutAsync(uri, Bytes(10), Token),
            () => store.PutAsync(uri, Bytes(10), PutMode.Create, Token),
            () => store.PutAsync(uri, Bytes(100_000), PutMode.Update("0123456789abcdef0123456789abcdef:10"), Token),
            () => store.OpenMultipartAsync(uri, PutMode.Overwrite, Token),
            () => store.ResumeMultipartAsync(uri, "2~0123", PutMode.Overwrite, Token),
            () => store.DeleteAsync(uri, Token),
            () => store.CopyIfAbsentAsync(uri, uri.Append("copy"), Token),
        ];
        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<ObjectStoreException>(call);
            Assert.True(kind == failure.Kind, failure.ToString());
            Assert.Contains(said, failure.Message, StringComparison.Ordinal);
            Assert.Contains(uri.Authority, failure.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-secret", failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Signature=", failure.ToString(), StringComparison.Ordinal);
        }
    }
}
