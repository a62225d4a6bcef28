using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Blaze.Storage.Api.Tests.Harness;

internal static class ProblemAssert
{
    /// <summary>Checks that a response is a problem of a kind, about a field.</summary>
    public static async Task IsAsync(HttpResponseMessage response, string type, string? field)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{response.StatusCode}: {text}");
        var problem = JsonNode.Parse(text)!;
        Assert.Equal($"urn:blaze-storage:problem:{type}", (string?)problem["type"]);
        Assert.Equal((int)response.StatusCode, (int)problem["status"]!);
        Assert.Equal(field, (string?)problem["field"]);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.NotEmpty((string)problem["action"]!);
    }
}
