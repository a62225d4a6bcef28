using Blaze.Storage.Center;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Client.Tests.Servers;

/// <summary>One server for the tests of a class, started when the first of them asks: only a test can be skipped where it is missing.</summary>
public abstract class ServerFixture(Func<CancellationToken, Task<TestServer>> start, string? address = null) : IAsyncDisposable
{
    private TestServer? _server;

    public async Task<CenterAddress> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        var name = $"c{Guid.NewGuid():N}";
        if (address is not null)
            return CenterAddress.Parse(address) with { Namespace = name };
        _server ??= await start(cancellationToken);
        return CenterAddress.Parse(_server.Address(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>redis-server, or the server that BLAZE_TEST_REDIS names.</summary>
public sealed class RedisFixture() : ServerFixture(CenterServers.StartRedisAsync, Environment.GetEnvironmentVariable("BLAZE_TEST_REDIS"));

/// <summary>Garnet.</summary>
public sealed class GarnetFixture() : ServerFixture(CenterServers.StartGarnetAsync);
