using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Blaze.Storage.Worker.Peers;
using Blaze.Storage.Worker.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blaze.Storage.Worker.Tests.Peers;

public sealed class PeerServerTests : IAsyncLifetime
{
    private PeerFixture _peer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _peer = await PeerFixture.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Get_OfAValue_HasItsBytesFormatAndChecksum()
    {
        _peer.Store.Set("a", new Value("json", "123456789"u8.ToArray()));

        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data/a");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("123456789", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("crc32c=:4waSgw==:", Assert.Single(response.Headers.GetValues("Repr-Digest")));
        Assert.Equal("\"json-9-e3069283\"", response.Headers.ETag!.ToString());
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
        Assert.Equal(9, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Head_OfAValue_HasTheHeadersOfGet()
    {
        _peer.Store.Set("a", TestValues.Raw(1, 5_000_000));
        using var response = await _peer.SendAsync(HttpMethod.Head, "/v1/data/a", change: request => request.Headers.Range = new RangeHeaderValue(0, 1));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5_000_000, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("bytes=1-3", "234", "bytes 1-3/9")]
    [InlineData("bytes=7-", "89", "bytes 7-8/9")]
    [InlineData("bytes=-2", "89", "bytes 7-8/9")]
    public async Task Get_OfARange_IsThatPart(string range, string text, string contentRange)
    {
        _peer.Store.Set("a", new Value("raw", Segments.Join("1234"u8.ToArray(), "56789"u8.ToArray())));
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data/a", change: request => request.Headers.TryAddWithoutValidation("Range", range));
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(contentRange, response.Content.Headers.ContentRange!.ToString());
        Assert.Equal("crc32c=:4waSgw==:", Assert.Single(response.Headers.GetValues("Repr-Digest")));
    }

    [Fact]
    public async Task Get_OfARangeBehindTheEnd_Is416()
    {
        _peer.Store.Set("a", new Value("raw", new byte[9]));
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data/a", change: request => request.Headers.Range = new RangeHeaderValue(9, null));
        Assert.Equal("bytes */9", response.Content.Headers.ContentRange!.ToString());
        await AssertProblemAsync(response, HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Theory]
    [InlineData("If-Match", "\"raw-9-00000000\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("If-Match", "*", HttpStatusCode.PartialContent)]
    [InlineData("If-None-Match", "\"x\", \"json-9-e3069283\"", HttpStatusCode.NotModified)]
    [InlineData("If-Range", "\"json-9-e3069283\"", HttpStatusCode.PartialContent)]
    [InlineData("If-Range", "\"json-9-00000000\"", HttpStatusCode.OK)]
    public async Task Get_WithACondition_MeetsIt(string header, string value, HttpStatusCode status)
    {
        _peer.Store.Set("a", new Value("json", "123456789"u8.ToArray()));
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data/a", change: request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 1);
            request.Headers.TryAddWithoutValidation(header, value);
        });
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer 00")]
    [InlineData("Basic abc")]
    [InlineData("Bearer bbd16bfa324f6707bf334d081987b31fa4b4399e973ed8b3491e2e0e750d2de7")]
    public async Task AnyRequest_WithoutTheToken_Is401(string authorization)
    {
        _peer.Store.Set("a", new Value("raw", new byte[9]));
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            using var response = await _peer.SendAsync(method, "/v1/data/a", authorization);
            Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).ToString());
            await AssertProblemAsync(response, HttpStatusCode.Unauthorized);
        }

        Assert.True(_peer.Store.Contains("a"));
    }

    [Fact]
    public async Task AnyRequest_WithAnotherClustersToken_Is401()
    {
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data", PeerToken.Of(ClusterKey.Parse("ffeeddccbbaa99887766554433221100")).HeaderFor(_peer.Address).ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task AnyRequest_WithTheTokenOfAnotherWorker_Is401WhateverItsHostSays()
    {
        var other = new Uri("http://127.0.0.1:1");
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data", PeerFixture.Token.HeaderFor(other).ToString(), request => request.Headers.Host = other.Authority);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        _peer.Server.AnswerAt(other);
        using var known = await _peer.SendAsync(HttpMethod.Get, "/v1/data", PeerFixture.Token.HeaderFor(other).ToString());
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/data/missing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/v1/data/missing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/database", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/data/", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data/%zz", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data/%4", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data/%ff", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data/%01", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data/a%0d%0ab", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/data?limit=x", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/v1/data/a", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/v1/data", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_ThatMakesNoSense_IsAProblem(string method, string target, HttpStatusCode status)
    {
        using var response = await _peer.SendAsync(new HttpMethod(method), target);
        await AssertProblemAsync(response, status);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b//c/.")]
    [InlineData("100%2F")]
    [InlineData("ü €𝄞")]
    [InlineData("a?b#c&d=e+f")]
    public async Task Key_OfAnyText_IsOnlyAName(string key)
    {
        await _peer.Client.PutAsync(_peer.Address, key, ValueFormats.Encode(key), null, Token);
        Assert.True(_peer.Store.Contains(key));
        using (var value = await _peer.Client.GetAsync(_peer.Address, key, Token))
            Assert.Equal(key, ValueFormats.Decode<string>(value.Value, key));
        Assert.Equal(key, Assert.Single((await _peer.Client.ListAsync(_peer.Address, key, null, 10, Token)).Values).Key);
        Assert.True(await _peer.Client.DeleteAsync(_peer.Address, key, Token));
        Assert.Equal(0, _peer.Store.Count);
    }

    [Fact]
    public async Task Key_OfTheGreatestLength_IsTheLastThatWorks()
    {
        var longest = new string('k', 1024);
        await _peer.Client.PutAsync(_peer.Address, longest, ValueFormats.Encode(1), null, Token);
        Assert.True(_peer.Store.Contains(longest));
        using var response = await _peer.SendAsync(HttpMethod.Get, $"/v1/data/{longest}k");
        await AssertProblemAsync(response, HttpStatusCode.BadRequest);
        using var monstrous = await _peer.SendAsync(HttpMethod.Get, $"/v1/data/{new string('k', 100_000)}");
        Assert.InRange((int)monstrous.StatusCode, 400, 499);
    }

    [Fact]
    public async Task Put_OfAValue_HoldsIt()
    {
        using var created = await PutAsync("a", "{}"u8.ToArray(), "application/json; charset=utf-8");
        using var replaced = await PutAsync("a", new byte[3], null);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (created.StatusCode, replaced.StatusCode));
        Assert.Equal(new ValueInfo("a", "raw", 3, true), Assert.Single(_peer.Store.List("", null, 10).Values));
        Assert.Equal(0, _peer.Store.ReservedBytes);
    }

    [Fact]
    public async Task Put_OfADamagedValue_Is400AndHoldsNothing()
    {
        using var response = await PutAsync("a", new byte[3], null, "crc32c=:AAAAAA==:");
        await AssertProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal((0, 0), (_peer.Store.Count, _peer.Store.ReservedBytes));
    }

    [Fact]
    public async Task Put_WithoutALength_Is411()
    {
        using var response = await _peer.SendAsync(HttpMethod.Put, "/v1/data/a", change: request =>
        {
            request.Content = new StringContent("x");
            request.Headers.TransferEncodingChunked = true;
        });
        await AssertProblemAsync(response, HttpStatusCode.LengthRequired);
    }

    [Fact]
    public async Task Put_OfMoreThanIsAllowed_Is413()
    {
        await using var small = await PeerFixture.StartAsync(change: options => options with { LargestValue = 1000 });
        var failure = await Assert.ThrowsAsync<PeerException>(() => small.Client.PutAsync(small.Address, "a", TestValues.Raw(1, 5_000_000), null, Token));
        Assert.Equal(PeerErrorKind.Refused, failure.Kind);
        await small.Client.PutAsync(small.Address, "a", TestValues.Raw(1, 1000), null, Token);
    }

    [Fact]
    public async Task Put_WithoutMemory_Is503()
    {
        await using var full = await PeerFixture.StartAsync(new DataStoreOptions { MemoryLimit = 10_000 }, options => options with { RoomWait = TimeSpan.FromMilliseconds(1) });
        full.Store.Set("a", TestValues.Raw(1, 9_000));
        var failure = await Assert.ThrowsAsync<PeerException>(() => full.Client.PutAsync(full.Address, "b", TestValues.Raw(1, 5_000), null, Token));
        Assert.Equal(PeerErrorKind.Unavailable, failure.Kind);
        full.Store.Delete("a");
        await full.Client.PutAsync(full.Address, "b", TestValues.Raw(1, 5_000), null, Token);
    }

    [Fact]
    public async Task Put_ThatBreaksOff_HoldsNothing()
    {
        using (var connection = await _peer.ConnectAsync())
        {
            await connection.GetStream().WriteAsync(_peer.Head("PUT /v1/data/a", "Content-Length: 1000000", "Expect: 100-continue"), Token);

            // Sent when the server begins to read the body.
            await connection.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100".Length], Token);
            Assert.Equal(1_000_000, _peer.Store.ReservedBytes);
            await connection.GetStream().WriteAsync(new byte[500_000], Token);
        }

        await TestValues.UntilAsync(_peer.Store, () => _peer.Store.ReservedBytes == 0);
        Assert.Equal(0, _peer.Store.Count);
    }

    [Fact]
    public async Task Get_OfAReaderThatStops_EndsTheUseOfTheValue()
    {
        await using var impatient = await PeerFixture.StartAsync(change: options => options with { IdleLimit = TimeSpan.FromMilliseconds(50) });
        impatient.Store.Set("a", TestValues.Raw(1, 30_000_000));
        using var connection = await impatient.ConnectAsync();
        await connection.GetStream().WriteAsync(impatient.Head("GET /v1/data/a"), Token);
        await connection.GetStream().ReadExactlyAsync(new byte[1000], Token);

        impatient.Store.Delete("a");

        await TestValues.UntilAsync(impatient.Store, () => impatient.Store.MemoryBytes == 0);
    }

    [Fact]
    public async Task Get_OfAValueOnDisk_ComesFromThere()
    {
        using var folder = new TemporaryFolder();
        await using var spilling = await PeerFixture.StartAsync(new DataStoreOptions { MemoryLimit = 1_000_000, SpillRoot = folder.Path });
        spilling.Store.Set("a", TestValues.Raw(1, 3_000_000));
        await TestValues.UntilAsync(spilling.Store, () => spilling.Store.MemoryBytes == 0);

        using var whole = await spilling.Client.GetAsync(spilling.Address, "a", Token);
        using var part = await spilling.Client.GetRangeAsync(spilling.Address, "a", 1_000_000, 1_000, Token);

        Assert.Equal(TestValues.Bytes(1, 3_000_000), whole.Value.Contiguous().ToArray());
        Assert.Equal(TestValues.Bytes(1, 3_000_000)[1_000_000..1_001_000], part.Value.Contiguous().ToArray());
        Assert.False(spilling.Store.List("", null, 1).Values[0].IsInMemory);
    }

    [Fact]
    public async Task List_InPages_IsJson()
    {
        foreach (var key in new[] { "b-1", "b-2", "b-3", "c" })
            _peer.Store.Set(key, ValueFormats.Encode(1));
        using var response = await _peer.SendAsync(HttpMethod.Get, "/v1/data?prefix=b-&limit=2");
        using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("b-2", page.RootElement.GetProperty("next").GetString());
        Assert.Equal("""{"key":"b-1","format":"json","bytes":1,"in_memory":true}""", page.RootElement.GetProperty("values")[0].GetRawText());
        var last = await _peer.Client.ListAsync(_peer.Address, "b-", "b-2", 2, Token);
        Assert.Equal("b-3", Assert.Single(last.Values).Key);
        Assert.Null(last.Next);
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        var options = new PeerServerOptions { Token = PeerFixture.Token, Port = _peer.Address.Port };
        var failure = await Assert.ThrowsAsync<BlazeException>(() => PeerServer.StartAsync(_peer.Store, options, NullLogger.Instance, Token));
        Assert.StartsWith($"The worker cannot listen on 127.0.0.1:{_peer.Address.Port}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatIsNoHttp_IsRefused()
    {
        using var connection = await _peer.ConnectAsync();
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("\x16\x03\x01 hello\r\n\r\n"), Token);
        using var reader = new StreamReader(connection.GetStream());
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PutAsync(string key, byte[] bytes, string? mediaType, string? digest = null) =>
        _peer.SendAsync(HttpMethod.Put, $"/v1/data/{key}", change: request =>
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            if (digest is not null)
                request.Headers.TryAddWithoutValidation("Repr-Digest", digest);
        });

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.EndsWith(".", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
