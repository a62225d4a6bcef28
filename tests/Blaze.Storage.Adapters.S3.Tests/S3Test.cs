using Amazon.Runtime;
using Amazon.S3;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

/// <summary>A test with the server all tests share and a store of its own.</summary>
public abstract class S3Test(S3Fixture fixture) : IAsyncLifetime
{
    private AmazonS3Client? _raw;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected S3Server Server { get; private set; } = null!;

    private protected S3Store Store { get; private set; } = null!;

    /// <summary>The SDK alone, to see what the store does not show.</summary>
    protected IAmazonS3 Raw => _raw ??= new AmazonS3Client(
        new BasicAWSCredentials(Server.AccessKey, Server.SecretKey),
        new AmazonS3Config { ServiceURL = Server.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public async ValueTask InitializeAsync()
    {
        Server = await fixture.ServerAsync(Token);
        Store = new S3Store(TestOptions.Of(Server)) { CopySize = 5 * 1024 * 1024 };
    }

    public ValueTask DisposeAsync()
    {
        Store?.Dispose();
        _raw?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected async Task<ResourceUri> NewUriAsync(string key) => S3Location.UriOf(await Server.NewBucketAsync(Token), key);

    private protected Task<List<ResourceInfo>> ListedAsync(ResourceUri prefix) => Store.ListAsync(prefix, Token).ToListAsync(Token).AsTask();
}
