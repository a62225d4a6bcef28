using Blaze.Storage.Adapters.Resilience;
using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>A bucket on a real server, reached directly and, as the product reaches it, through a proxy that puts faults between.</summary>
internal sealed class FaultyBucket : IAsyncDisposable
{
    private static readonly RetryOptions Hasty = new()
    {
        Attempts = 50,
        BaseDelay = TimeSpan.FromMilliseconds(2),
        MaxDelay = TimeSpan.FromMilliseconds(50),
        TotalTime = TimeSpan.FromSeconds(40),
        AttemptTime = TimeSpan.FromSeconds(10),
        Budget = 1_000_000,
    };

    private FaultyBucket(TcpProxy proxy, S3Store direct, RetryingStore faulty, string name)
    {
        Proxy = proxy;
        Direct = direct;
        Faulty = faulty;
        Name = name;
    }

    public TcpProxy Proxy { get; }

    public S3Store Direct { get; }

    public RetryingStore Faulty { get; }

    public string Name { get; }

    /// <param name="fixture">The server.</param>
    /// <param name="retries">Changes what repetitions are made with, which is fast and patient.</param>
    /// <param name="settings">Changes what the faulty store is made with.</param>
    public static async Task<FaultyBucket> StartAsync(
        S3Fixture fixture, Func<RetryOptions, RetryOptions>? retries = null, Func<S3Options, S3Options>? settings = null)
    {
        var token = TestContext.Current.CancellationToken;
        var server = await fixture.ServerAsync(token);
        var name = await server.NewBucketAsync(token);
        var options = new S3Options
        {
            Endpoint = server.Endpoint,
            Region = "us-east-1",
            PathStyle = true,
            AccessKey = server.AccessKey,
            SecretKey = server.SecretKey,
            ReadSize = 1 << 20,
        };
        var proxy = TcpProxy.Start(server.Endpoint);
        var reached = options with { Endpoint = proxy.Address, IdleTimeout = TimeSpan.FromSeconds(1) };
        return new FaultyBucket(
            proxy, new S3Store(options), new RetryingStore(new S3Store(settings?.Invoke(reached) ?? reached), retries?.Invoke(Hasty) ?? Hasty), name);
    }

    public ResourceUri UriOf(string name) => ResourceUri.Parse($"s3://{Name}/").Append(name);

    public JobSpec Question(string op, string name) => new(op, new Dictionary<string, string>(), [UriOf(name).ToString()], null, null);

    /// <summary>Puts an object of seeded random bytes, past all faults.</summary>
    public async Task<byte[]> PutAsync(string name, int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        await Direct.PutAsync(UriOf(name), content, TestContext.Current.CancellationToken);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        Faulty.Dispose();
        Direct.Dispose();
        await Proxy.DisposeAsync();
    }
}
