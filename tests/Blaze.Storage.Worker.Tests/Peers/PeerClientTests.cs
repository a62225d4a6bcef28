using System.Net;
using System.Net.Sockets;
using System.Text;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Peers;
using Blaze.Storage.Worker.Tests.Data;

namespace Blaze.Storage.Worker.Tests.Peers;

public sealed class PeerClientTests : IAsyncLifetime
{
    private PeerFixture _peer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _peer = await PeerFixture.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(10_000_000)]
    public async Task Get_OfWhatWasPut_IsTheSame(int length)
    {
        var sent = new Value("npy", Segments.Join(TestValues.Bytes(1, length / 3), TestValues.Bytes(2, length - (length / 3))));

        await _peer.Client.PutAsync(_peer.Address, "a", sent, null, Token);
        using var got = await _peer.Client.GetAsync(_peer.Address, "a", Token);

        Assert.Equal("npy", got.Value.Format);
        Assert.Equal(sent.Contiguous().ToArray(), got.Value.Contiguous().ToArray());
        Assert.Equal(Crc32C.Of(sent.Bytes), got.Checksum);
    }

    [Fact]
    public async Task Get_FromManyAtOnce_GivesEachItsOwn()
    {
        for (var i = 0; i < 20; i++)
            _peer.Store.Set($"{i}", TestValues.Raw(i, 200_000 + i));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var got = await _peer.Client.GetAsync(_peer.Address, $"{i % 20}", Token);
            Assert.Equal(TestValues.Bytes(i % 20, 200_000 + (i % 20)), got.Value.Contiguous().ToArray());
        }));
    }

    [Fact]
    public async Task GetRange_OutsideOfTheValue_IsRefused()
    {
        _peer.Store.Set("a", TestValues.Raw(1, 100));
        using (var got = await _peer.Client.GetRangeAsync(_peer.Address, "a", 90, 10, Token))
            Assert.Equal(TestValues.Bytes(1, 100)[90..], got.Value.Contiguous().ToArray());
        Assert.Equal(PeerErrorKind.Refused, await KindAsync(() => _peer.Client.GetRangeAsync(_peer.Address, "a", 90, 11, Token)));
        Assert.Equal(PeerErrorKind.Refused, await KindAsync(() => _peer.Client.GetRangeAsync(_peer.Address, "a", 100, 1, Token)));
    }

    [Fact]
    public async Task Get_OfWhatIsNotThere_IsMissing()
    {
        Assert.Equal(PeerErrorKind.ValueMissing, await KindAsync(() => _peer.Client.GetAsync(_peer.Address, "a", Token)));
        Assert.False(await _peer.Client.DeleteAsync(_peer.Address, "a", Token));
    }

    [Fact]
    public async Task AnyCall_WithAnotherClustersKey_IsRefused()
    {
        using var stranger = new PeerClient(new PeerClientOptions { Token = PeerToken.Of(ClusterKey.Parse("ffeeddccbbaa99887766554433221100")) }, _peer.Pool);
        Assert.Equal(PeerErrorKind.Refused, await KindAsync(() => stranger.GetAsync(_peer.Address, "a", Token)));
        Assert.Equal(PeerErrorKind.Refused, await KindAsync(() => stranger.PutAsync(_peer.Address, "a", TestValues.Raw(1, 3_000_000), null, Token)));
        Assert.Equal(PeerErrorKind.Refused, await KindAsync(() => stranger.DeleteAsync(_peer.Address, "a", Token)));
        Assert.Equal(0, _peer.Store.Count);
    }

    [Fact]
    public async Task AnyCall_WhereNobodyListens_IsUnavailable()
    {
        await _peer.Server.DisposeAsync();
        Assert.Equal(PeerErrorKind.Unavailable, await KindAsync(() => _peer.Client.GetAsync(_peer.Address, "a", Token)));
        Assert.Equal(PeerErrorKind.Unavailable, await KindAsync(() => _peer.Client.PutAsync(_peer.Address, "a", TestValues.Raw(1, 10), null, Token)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRepr-Digest: crc32c=:4waSgw==:\r\n\r\n12345", nameof(PeerErrorKind.Unavailable))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nRepr-Digest: crc32c=:4waSgw==:\r\n\r\n123456788", nameof(PeerErrorKind.Corrupt))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", nameof(PeerErrorKind.Corrupt))]
    [InlineData("HTTP/1.1 200 OK\r\nRepr-Digest: crc32c=:4waSgw==:\r\n\r\n123456789", nameof(PeerErrorKind.Corrupt))]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", nameof(PeerErrorKind.Unavailable))]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", nameof(PeerErrorKind.ValueMissing))]
    [InlineData("nonsense\r\n\r\n", nameof(PeerErrorKind.Unavailable))]
    [InlineData("", nameof(PeerErrorKind.Unavailable))]
    public async Task Get_OfAnAnswerThatIsWrong_SaysHow(string answer, string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answered = AnswerAsync(listener, answer);

        Assert.Equal(kind, (await KindAsync(() => _peer.Client.GetAsync(AddressOf(listener), "a", Token))).ToString());

        await answered;
        Assert.Equal(0, _peer.Pool.IdleBytes);
    }

    [Fact]
    public async Task Get_OfAServerKilledInTheMiddle_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var getting = KindAsync(() => _peer.Client.GetAsync(AddressOf(listener), "a", Token));
        using (var connection = await listener.AcceptTcpClientAsync(Token))
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\nRepr-Digest: crc32c=:4waSgw==:\r\n\r\n"), Token);
            await connection.GetStream().WriteAsync(new byte[2_000_000], Token);

            // A killed process's connections are reset where something was still unread or unsent.
            connection.Client.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(PeerErrorKind.Unavailable, await getting);
    }

    [Fact]
    public async Task Get_OfAServerThatStops_IsUnavailableAfterTheIdleLimit()
    {
        using var impatient = new PeerClient(new PeerClientOptions { Token = PeerFixture.Token, IdleLimit = TimeSpan.FromMilliseconds(50) }, _peer.Pool);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var getting = KindAsync(() => impatient.GetAsync(AddressOf(listener), "a", Token));
        using var connection = await listener.AcceptTcpClientAsync(Token);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\nRepr-Digest: crc32c=:4waSgw==:\r\n\r\n12"), Token);
        Assert.Equal(PeerErrorKind.Unavailable, await getting);
    }

    [Fact]
    public async Task Get_Cancelled_IsCancelled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var cancel = new CancellationTokenSource();
        var getting = _peer.Client.GetAsync(AddressOf(listener), "a", cancel.Token);
        using var connection = await listener.AcceptTcpClientAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting);
    }

    [Fact]
    public async Task Messages_OfFailures_KeepTheTokenToThemselves()
    {
        var failure = await Assert.ThrowsAsync<PeerException>(() => _peer.Client.GetAsync(_peer.Address, "a", Token));
        Assert.Equal($"The worker at {_peer.Address.Authority} does not hold 'a'.", failure.Message);
        Assert.DoesNotContain(PeerFixture.Token.HeaderFor(_peer.Address).Parameter!, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("(a token)", PeerFixture.Token.ToString());
    }

    [Fact]
    public void Token_OfAKey_IsTheDocumentedHash() =>
        Assert.Equal("Bearer e31f09d89fdacc4d05eb4394f12bc557b2eac2b777de15855815d60f430e1ee6", PeerFixture.Token.HeaderFor(new Uri("http://10.0.0.7:40123/")).ToString());

    private static Uri AddressOf(TcpListener listener) => new($"http://{listener.LocalEndpoint}");

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync(Token);
        using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
        while (await reader.ReadLineAsync(Token) is { Length: > 0 })
        {
        }

        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Token);
    }

    private static async Task<PeerErrorKind> KindAsync(Func<Task> call) => (await Assert.ThrowsAsync<PeerException>(call)).Kind;
}
