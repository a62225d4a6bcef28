using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Api.Access;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Access.Fuzzing;

/// <summary>Requests that are wrong in every way there is: each gets its answer, and nothing is left of it.</summary>
public sealed class FuzzTests(RedisFixture redis)
{
    private const int Clients = 4;
    private const int RequestsEach = 3_000;
    private const int SocketsEach = 2_000;
    private const int WarmUp = 500;
    private const long MostGrowth = 24L << 20;
    private const int MostLines = 40;

    // A server that closes with bytes unread resets the connection, and an answer may be lost by that; most are not.
    private const double LeastAnswered = 0.99;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OfEveryWrongKind_AreRefusedAndLeaveNothing()
    {
        var seed = Environment.GetEnvironmentVariable("BLAZE_FUZZ_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"BLAZE_FUZZ_SEED={seed}");
        await using var world = AccessWorld.New();
        var key = world.NewKey("fuzz", Scopes.Admin);
        await world.StartAsync(redis, options => options with { Access = options.Access with { Folders = ["/open"] } });
        world.StartWorker();
        using var connections = new OpenConnections();
        using var good = world.Http(key);
        using var posted = await AccessWorld.PostJobAsync(good, "s3://b/k");
        var job = posted.Headers.Location!.ToString().Split('/')[^1];

        await RunAsync(world, key, job, seed, WarmUp, WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var answered = await RunAsync(world, key, job, seed + 1, RequestsEach, SocketsEach);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.True(answered > LeastAnswered * Clients * SocketsEach, $"seed {seed}: only {answered} of the sockets got an answer");
        Assert.True(grown < MostGrowth, $"seed {seed}: {grown} bytes more than before");
        await connections.Changes.UntilAsync(() => connections.Count <= Clients + 2);
        var lines = world.Log.Lines.Where(line => line.Id != 4101).ToList();
        Assert.True(lines.Count <= MostLines, $"seed {seed}: {lines.Count} lines in the log, as {string.Join('\n', lines.Select(line => line.Text).Distinct().Take(10))}");
        Assert.DoesNotContain(world.Log.Lines, line => line.Text.Contains(key, StringComparison.Ordinal));
        Assert.Equal("ok\n", await good.GetStringAsync("/healthz", Cancelled));
    }

    // How many of the sockets got an answer.
    private static async Task<int> RunAsync(AccessWorld world, string key, string job, int seed, int requests, int sockets)
    {
        var answered = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var malformed = new Malformed(new Random(HashCode(seed, client)), key, job);
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = world.Address };
            for (var number = 0; number < requests; number++)
                await AskAsync(http, malformed, $"seed {seed}, client {client}, request {number}");
            var count = 0;
            for (var number = 0; number < sockets; number++)
                count += await AskRawAsync(world.Address, malformed.Raw(world.Address.Authority), $"seed {seed}, client {client}, socket {number}") ? 1 : 0;
            return count;
        })));
        return answered.Sum();
    }

    // The seed's own, not the process's, so that a run can be repeated.
    private static int HashCode(int seed, int client) => unchecked((seed * 31) + client);

    private static async Task AskAsync(HttpClient http, Malformed malformed, string which)
    {
        using var request = NewRequest(http.BaseAddress!, malformed, out var text);
        HttpResponseMessage response;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            patience.CancelAfter(Deadline);
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (Exception refused) when (refused is HttpRequestException or FormatException or NotSupportedException or ArgumentException)
        {
            // What the client itself will not send, or a server that hangs up while a body is still on its way.
            return;
        }

        using (response)
            await CheckAsync((int)response.StatusCode, response, $"{which}: {text}");
    }

    private static async Task CheckAsync(int status, HttpResponseMessage response, string which)
    {
        // What is well may be a stream of events, which has no end.
        if (status >= 500)
            Assert.Fail($"{which} gave {status}: {await response.Content.ReadAsStringAsync(Cancelled)}");
        if (status >= 400 && response.RequestMessage!.Method != HttpMethod.Head)
            CheckProblem(status, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancelled), which);
    }

    private static void CheckProblem(int status, string? type, string body, string which)
    {
        Assert.True(type == "application/problem+json", $"{which} gave {status} as {type}: {body}");
        using var problem = JsonDocument.Parse(body);
        Assert.True(problem.RootElement.GetProperty("status").GetInt32() == status, $"{which} gave {status} and says {body}");
        Assert.StartsWith("urn:blaze-storage:problem:", problem.RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage NewRequest(Uri address, Malformed malformed, out string text)
    {
        var method = malformed.Method();
        // The client makes something else of what is no ASCII; the sockets send it as it is.
        var target = malformed.Address().Replace("\u00e9", "%E9", StringComparison.Ordinal);
        var request = new HttpRequestMessage { Method = new HttpMethod(method) };
        text = $"{method} {target}";
        try
        {
            request.RequestUri = new Uri($"http://{address.Authority}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }
        catch (UriFormatException)
        {
            request.RequestUri = new Uri("/", UriKind.Relative);
        }

        if (method is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            var body = malformed.Body();
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            text += " " + Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(300, body.Length)));
        }

        if (malformed.Authorization() is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in malformed.SomeHeaders())
        {
            if (name != "Content-Type" || request.Content is not null)
                _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.Remove(name) != false & request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
            text += $" [{name}: {(value.Length > 50 ? value[..50] : value)}]";
        }

        return request;
    }

    // Whether there was an answer.
    private static async Task<bool> AskRawAsync(Uri address, byte[] request, string which)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        var stream = client.GetStream();
        using var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, patience.Token);
            await stream.CopyToAsync(received, patience.Token);
        }
        catch (IOException)
        {
            // The server has hung up before it had everything.
        }

        // What answers a request for the head has no body, whatever its length says.
        var text = Encoding.Latin1.GetString(received.ToArray());
        if (request.AsSpan().StartsWith("HEAD"u8))
        {
            Assert.True(text.Length < 12 || text[9] < '5', $"{which} gave {text}");
            return text.Length > 0;
        }

        var answers = RawAnswer.Parse(text);
        foreach (var answer in answers)
        {
            var asked = $"{which}, {Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(600, request.Length)))}";
            Assert.True(answer.Status < 500, $"{asked} gave {answer}");
            if (answer.Status >= 400)
                CheckProblem(answer.Status, answer.ContentType, answer.Body, asked);
        }

        return answers.Count > 0;
    }
}
