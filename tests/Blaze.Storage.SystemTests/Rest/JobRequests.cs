using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.SystemTests.Rest;

/// <summary>Requests of tests.</summary>
internal static class JobRequests
{
    /// <summary>Asks for the histogram of a file.</summary>
    /// <returns>Where the job is to be looked at.</returns>
    public static async Task<Uri> SubmitAsync(this HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources = new[] { ResourceUri.FromLocalPath(path).ToString() } }, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return response.Headers.Location!;
    }
}
