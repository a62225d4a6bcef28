using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Description;

/// <summary>The document says what is true: every operation is called with nothing but what it says.</summary>
public sealed class ApiDocumentTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_CalledAsTheDocumentSays_AnswerAsItSays()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var document = await cluster.Http.GetFromJsonAsync<JsonNode>("/openapi.json", Cancelled);
        var job = await cluster.FinishAsync(new { op = "HIST", sources = new[] { cluster.NewFile("a", [1, 2, 3]) } });
        await cluster.Http.PutAsync("/v1/keys/document", new StringContent("0123456789"), Cancelled);
        var called = new List<string>();
        foreach (var (path, operations) in document!["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                await CallAsync(cluster, document, path, method, operation!, job);
                called.Add((string)operation!["operationId"]!);
            }
        }

        Assert.Equal(
            ["cancelJob", "cancelTasks", "deleteKey", "followJob", "getCluster", "getJob", "getKey", "getResult", "getTasks", "headKey", "isAlive", "isReady", "listJobs", "listWorkers", "putKey", "submitJob", "submitTasks"],
            called.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Schemas_OfRequests_AllowNoUnknownField()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var document = await cluster.Http.GetFromJsonAsync<JsonNode>("/openapi.json", Cancelled);
        foreach (var name in (string[])["JobRequest", "GraphRequest", "GraphTask"])
            Assert.False((bool)document!["components"]!["schemas"]![name]!["additionalProperties"]!, name);
    }

    private static async Task CallAsync(ApiCluster cluster, JsonNode document, string path, string method, JsonNode operation, string job)
    {
        var what = $"{method} {path}";
        Assert.NotEmpty((string)operation["summary"]!);
        Assert.NotEmpty((string)operation["description"]!);
        var address = path.Replace("{id}", job, StringComparison.Ordinal).Replace("{key}", "document", StringComparison.Ordinal).Replace("{graph}", "g-none", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address);
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if ((string?)parameter!["in"] == "query")
                query.Add($"{parameter["name"]}={parameter["example"]}");
            else if ((string?)parameter["in"] == "header")
                request.Headers.TryAddWithoutValidation((string)parameter["name"]!, (string)parameter["example"]!);
        }

        if (query.Count > 0)
            request.RequestUri = new Uri($"{address}?{string.Join('&', query)}", UriKind.Relative);
        if (operation["requestBody"]?["content"] is { } bodies)
        {
            var (type, body) = bodies.AsObject().First();
            request.Content = new StringContent(body!["example"]?.ToJsonString() ?? "0123456789", Encoding.UTF8, type);
        }

        using var response = await cluster.Http.SendAsync(request, Cancelled);
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = operation["responses"]![status];
        Assert.True(answer is not null, $"{what} answered {status}: {await response.Content.ReadAsStringAsync(Cancelled)}");
        if (!path.Contains("{graph}", StringComparison.Ordinal) && !(path.EndsWith("{key}", StringComparison.Ordinal) && method is "get" or "head"))
            Assert.Equal('2', status[0]);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancelled);
        if (bytes.Length == 0)
            return;
        var content = answer["content"]?[response.Content.Headers.ContentType!.MediaType!];
        Assert.True(content is not null, $"{what}: {response.Content.Headers.ContentType} is not described");
        if (response.Content.Headers.ContentType!.MediaType!.EndsWith("json", StringComparison.Ordinal) && content["schema"] is { } schema)
            Check(document, schema, JsonNode.Parse(bytes), what);
    }

    // What is there is described, and what has to be there is.
    private static void Check(JsonNode document, JsonNode schema, JsonNode? value, string what)
    {
        if ((string?)schema["$ref"] is { } reference)
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        if (value is JsonArray items && schema["items"] is { } item)
        {
            foreach (var one in items)
                Check(document, item, one, what);
        }

        if (value is not JsonObject fields || schema["properties"] is not JsonObject properties)
            return;
        foreach (var required in schema["required"]?.AsArray() ?? [])
            Assert.True(fields.ContainsKey((string)required!), $"{what}: {required} is missing");
        foreach (var (name, field) in fields)
        {
            Assert.True(properties.ContainsKey(name), $"{what}: {name} is not described");
            if (field is not null && properties[name] is { } property)
                Check(document, property, field, $"{what} {name}");
        }
    }
}
