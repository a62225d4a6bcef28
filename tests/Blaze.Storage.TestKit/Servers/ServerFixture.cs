using Blaze.Storage.Center;

namespace Blaze.Storage.TestKit.Servers;

/// <summary>One server for all tests, started when the first of them asks.</summary>
public abstract class ServerFixture(Func<CancellationToken, Task<TestServer>> start, string? address = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private TestServer? _server;

    /// <summary>An address with a namespace nobody has used.</summary>
    public async Task<CenterAddress> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        var name = $"t{Guid.NewGuid():N}";
        if (address is not null)
            return CenterAddress.Parse(address) with { Namespace = name };
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _server ??= await start(cancellationToken);
            return CenterAddress.Parse(_server.Address(name));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A server for one test alone, which may stop it.</summary>
    public Task<TestServer> StartOwnAsync(CancellationToken cancellationToken) => start(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
            await server.DisposeAsync();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>redis-server, or the server that BLAZE_TEST_REDIS names.</summary>
public sealed class RedisFixture() : ServerFixture(CenterServers.StartRedisAsync, Environment.GetEnvironmentVariable("BLAZE_TEST_REDIS"));

/// <summary>Garnet.</summary>
public sealed class GarnetFixture() : ServerFixture(CenterServers.StartGarnetAsync);
