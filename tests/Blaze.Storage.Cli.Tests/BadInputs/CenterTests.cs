using Blaze.Storage.Center;
using Blaze.Storage.TestKit.Servers;
using StackExchange.Redis;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Centers that are away, closed, or none: every verb says so, and none waits for ever.</summary>
public sealed class CenterTests(CenterTests.Redis redis) : IClassFixture<CenterTests.Redis>
{
    private const string Away = "redis://|cannot be reached|check that it runs";
    private const string Stranger = "no center|check the address";
    private static readonly string[] Commands =
        ["hist file", "hist --each --json file", "ent file", "diff file file", "stat --dtype u1 file", "jobs", "job x --json", "cancel x", "workers", "keys HIST", "worker"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryCommand => [.. Commands];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Center_ThatIsAway_Fails(string command) =>
        await RefusedAsync(command, $"redis://{await StrangeServer.NobodyAsync()}/x", Away);

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Center_WrongPassword_Fails(string command)
    {
        var address = await redis.NewNamespaceAsync(Token);
        Assert.SkipWhen(address.Password is null, "The server has no password.");
        await RefusedAsync(command, (address with { Password = "wr0ng" }).ToUriWithPassword(), "redis://|refused the password|check it", secret: "wr0ng");
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Center_NoPassword_Fails(string command)
    {
        var address = await redis.NewNamespaceAsync(Token);
        Assert.SkipWhen(address.Password is null, "The server has no password.");
        await RefusedAsync(command, (address with { Password = null }).ToString(), "redis://|wants a password|redis://:password@host:port/namespace");
    }

    [Theory]
    [InlineData("hist file")]
    [InlineData("jobs")]
    [InlineData("worker")]
    public async Task Center_OfAnotherProtocol_Fails(string command)
    {
        var address = await redis.NewNamespaceAsync(Token);
        var options = new ConfigurationOptions { EndPoints = { { address.Host, address.Port } }, Password = address.Password };
        var server = await ConnectionMultiplexer.ConnectAsync(options);
        await server.GetDatabase().HashSetAsync($"blaze:{{{address.Namespace}/0}}:meta", "protocol", 99);
        await server.CloseAsync(allowCommandsToComplete: false);
        await RefusedAsync(command, address.ToUriWithPassword(), "version 99|use another namespace");
    }

    [Theory]
    [InlineData("jobs", "HTTP/1.1 400 Bad Request\r\n\r\n", false, Stranger)]
    [InlineData("worker", "\u0015\u0003\u0001\0\u0002\u0002\u0016", true, Stranger)]
    [InlineData("jobs", "+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n", false, Stranger)]
    [InlineData("hist file", "*-1\r\n$-5\r\n:x\r\n", false, Stranger)]
    [InlineData("keys HIST", "SSH-2.0-OpenSSH_9.2\r\n", false, Stranger)]
    [InlineData("hist file", "", true, "cannot be reached")]
    public async Task Center_ThatIsNone_Fails(string command, string answer, bool hangUp, string words)
    {
        await using var server = new StrangeServer(System.Text.Encoding.Latin1.GetBytes(answer), hangUp);
        await RefusedAsync(command, $"redis://{server.Address}/x", $"redis://{server.Address}/x|" + words);
    }

    [Fact]
    public async Task Center_ThatIsFull_Fails()
    {
        await using var server = new StrangeServer("-ERR max number of clients reached\r\n"u8.ToArray(), hangUp: true);
        await RefusedAsync("jobs", $"redis://{server.Address}/x", $"redis://{server.Address}/x|answered with an error|max number of clients");
    }

    [Fact]
    public async Task Center_ThatSaysNothing_FailsInTime()
    {
        await using var silent = new StrangeServer(null, hangUp: false);
        await using var stubborn = new StrangeServer("HTTP"u8.ToArray(), hangUp: false);
        var withoutTls = await redis.NewNamespaceAsync(Token) with { UseTls = true };
        // Each takes all the time that a center may take, so they take it together.
        await Task.WhenAll(
            from center in (string[])[$"redis://{silent.Address}/x", $"redis://{stubborn.Address}/x", withoutTls.ToUriWithPassword()]
            from command in (string[])["hist file", "stat --dtype u1 --json file", "jobs", "worker"]
            select RefusedAsync(command, center, "does not answer|check that it runs"));
    }

    private static async Task RefusedAsync(string command, string center, string words, string? secret = null)
    {
        var outcome = await CommandRunner.RunAsync("/", [.. command.Split(' '), "--center", center]);
        outcome.AssertRefused(ExitCodes.Failed, words);
        if (secret is not null)
            Assert.DoesNotContain(secret, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>A server for these tests.</summary>
    public sealed class Redis : IAsyncDisposable
    {
        private readonly RedisFixture _server = new();

        internal Task<CenterAddress> NewNamespaceAsync(CancellationToken cancellationToken) => _server.NewNamespaceAsync(cancellationToken);

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
