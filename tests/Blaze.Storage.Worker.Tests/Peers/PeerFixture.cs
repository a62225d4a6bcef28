using System.Net;
using System.Net.Sockets;
using System.Text;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Transfer;
using Blaze.Storage.Transfer.Buffers;
using Blaze.Storage.Worker.Data;
using Blaze.Storage.Worker.Peers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blaze.Storage.Worker.Tests.Peers;

/// <summary>A worker's store with its server, and another worker's client.</summary>
internal sealed class PeerFixture : IAsyncDisposable
{
    public static readonly PeerToken Token = PeerToken.Of(ClusterKey.Parse("00112233445566778899aabbccddeeff"));

    private PeerFixture(DataStore store, PeerServer server)
    {
        Store = store;
        Server = server;
        Client = new PeerClient(new PeerClientOptions { Token = Token }, Pool);
    }

    public DataStore Store { get; }

    public PeerServer Server { get; }

    public BufferPool Pool { get; } = new(1 << 24);

    public PeerClient Client { get; }

    public Uri Address => Server.Address;

    public static async Task<PeerFixture> StartAsync(DataStoreOptions? store = null, Func<PeerServerOptions, PeerServerOptions>? change = null)
    {
        var data = new DataStore(store ?? new DataStoreOptions { MemoryLimit = 64 << 20 });
        var options = new PeerServerOptions { Token = Token };
        var server = await PeerServer.StartAsync(data, change?.Invoke(options) ?? options, NullLogger.Instance, TestContext.Current.CancellationToken);
        return new PeerFixture(data, server);
    }

    /// <summary>A request as someone else's program would send it: nothing about its path is cleaned up.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? token = null, Action<HttpRequestMessage>? change = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(method, DataPath.Raw(Address, target));
        if (token != "")
            request.Headers.TryAddWithoutValidation("Authorization", token ?? Token.HeaderFor(Address).ToString());
        change?.Invoke(request);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A connection to the server on which anything can be written.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    public ReadOnlyMemory<byte> Head(string requestLine, params string[] headers) => Encoding.ASCII.GetBytes(
        $"{requestLine} HTTP/1.1\r\nHost: x\r\nAuthorization: {Token.HeaderFor(Address)}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Store.Dispose();
        Pool.Dispose();
    }
}
