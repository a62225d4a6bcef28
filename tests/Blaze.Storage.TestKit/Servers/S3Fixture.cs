namespace Blaze.Storage.TestKit.Servers;

/// <summary>One S3 server for all tests, started when the first of them asks.</summary>
public class S3Fixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private S3Server? _server;

    /// <summary>The server.</summary>
    public async Task<S3Server> ServerAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _server ??= await StartOwnAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A server for one test alone, which may stop it.</summary>
    public virtual Task<S3Server> StartOwnAsync(CancellationToken cancellationToken) => S3Server.StartAsync(null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
            await server.DisposeAsync();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with the Ceph of another system, which <c>BLAZE_TEST_CEPH_ROOT</c> names; where it names none, the test is skipped.</summary>
public sealed class OtherS3Fixture : S3Fixture
{
    /// <inheritdoc/>
    public override Task<S3Server> StartOwnAsync(CancellationToken cancellationToken)
    {
        var root = Environment.GetEnvironmentVariable("BLAZE_TEST_CEPH_ROOT");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "BLAZE_TEST_CEPH_ROOT names no system with another Ceph.");
        return S3Server.StartAsync(root, cancellationToken);
    }
}
