using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

/// <summary>The store against this system's Ceph (16.2 on Debian 12).</summary>
public sealed class S3ConformanceTests(S3Fixture fixture) : S3Conformance(fixture);

/// <summary>The store against another Ceph (18.2 from Debian 13).</summary>
public sealed class OtherS3ConformanceTests(OtherS3Fixture fixture) : S3Conformance(fixture);

public abstract class S3Conformance(S3Fixture fixture) : ObjectStoreConformance, IAsyncLifetime
{
    private S3Store? _store;
    private ResourceUri? _root;

    protected override IObjectStore Store => _store!;

    protected override ResourceUri Root => _root!;

    // S3's own rule.
    protected override int SmallestPart => 5 * 1024 * 1024;

    public async ValueTask InitializeAsync()
    {
        var server = await fixture.ServerAsync(Token);
        _store = new S3Store(TestOptions.Of(server));
        _root = ResourceUri.Parse($"s3://{await server.NewBucketAsync(Token)}/root%20[1]%20%2520*");
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
