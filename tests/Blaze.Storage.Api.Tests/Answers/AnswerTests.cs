using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Answers;

public sealed class AnswerTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OfTheForms_SaysTheSameInEach()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var source = cluster.NewFile("a", [7, 7, 9]);
        var id = await cluster.FinishAsync(new { op = "HIST", sources = new[] { source } });
        var json = await cluster.Http.GetFromJsonAsync<JsonNode>($"/v1/jobs/{id}/result", Cancelled);
        Assert.Equal(2, (int)json!["counts"]![7]!);
        var (npyType, npy) = await GetAsync(cluster, id, "application/x-npy");
        Assert.Equal("application/x-npy", npyType);
        var header = NpyHeader.Read(npy);
        Assert.Equal("<i8", header.Descr);
        Assert.Equal([256L], header.Shape);
        Assert.Equal(2, BinaryPrimitives.ReadInt64LittleEndian(npy.AsSpan((int)header.DataOffset + (7 * 8))));
        var (_, csv) = await GetAsync(cluster, id, "text/csv, application/json;q=0.5");
        Assert.Contains("\r\n7,2\r\n", System.Text.Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        var (pngType, png) = await GetAsync(cluster, id, "image/*");
        Assert.Equal("image/png", pngType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(1024, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Theory]
    [InlineData("ENT", "<f8", "source,start,end,entropy\r\n")]
    [InlineData("DIFF", "<i8", "start,end\r\n2,3\r\n")]
    [InlineData("STAT", "[('count', '<i8'), ('nan', '<i8'), ('sum', '<f8'), ('min', '<f8'), ('max', '<f8'), ('mean', '<f8'), ('variance', '<f8')]", "count,nan,sum,min,max,mean,variance\r\n3,0,")]
    public async Task Get_OfOtherOperations_HasTheFormsTheyHave(string op, string descr, string csv)
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var first = cluster.NewFile("a", [7, 7, 9]);
        string[] sources = op == "DIFF" ? [first, cluster.NewFile("b", [7, 7, 8])] : [first];
        object parameters = op == "STAT" ? new { dtype = "u1" } : new { };
        var id = await cluster.FinishAsync(new { op, sources, @params = parameters });
        Assert.Equal(descr, NpyHeader.Read((await GetAsync(cluster, id, "application/x-npy")).Body).Descr);
        Assert.StartsWith(csv, System.Text.Encoding.UTF8.GetString((await GetAsync(cluster, id, "text/csv")).Body), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}/result");
        request.Headers.Add("Accept", "image/png");
        using var picture = await cluster.Http.SendAsync(request, Cancelled);
        if (op == "STAT")
            await ProblemAssert.IsAsync(picture, "not-acceptable", "Accept");
        else
            Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Counts_OfAJob_AreTheSameWhereverTheyAreTold()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var id = await cluster.FinishAsync(new { op = "HIST", sources = new[] { cluster.NewFile("a", new byte[100_000]) } });
        var job = await cluster.Http.GetFromJsonAsync<JsonNode>($"/v1/jobs/{id}", Cancelled);
        var result = await cluster.Http.GetFromJsonAsync<JsonNode>($"/v1/jobs/{id}/result", Cancelled);
        using var events = await EventReader.OpenAsync(cluster.Http, job!["id"]);
        var last = (await events.AllAsync())[^1].Data;
        Assert.Equal("""{"total":100000,"read":100000,"cached":0,"computed":100000,"local":100000,"remote":0}""", job["bytes"]!.ToJsonString());
        Assert.All(["blocks", "bytes"], field => Assert.Equal([job[field]!.ToJsonString(), job[field]!.ToJsonString()], [result![field]!.ToJsonString(), last[field]!.ToJsonString()]));
    }

    [Fact]
    public async Task Get_BeforeTheEnd_SaysWhyThereIsNone()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var job = (await cluster.SubmitAsync(new { op = "HIST", sources = new[] { "file:///none" } }))["id"];
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{job}/result", Cancelled), "job-running", null);
        await cluster.StartWorkerAsync();
        await cluster.Client.Attach((string)job!).WaitAsync(Cancelled);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{job}/result", Cancelled), "job-failed", null);
    }

    private static async Task<(string? Type, byte[] Body)> GetAsync(ApiCluster cluster, string id, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}/result");
        request.Headers.Add("Accept", accept);
        using var response = await cluster.Http.SendAsync(request, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(Cancelled));
    }
}
