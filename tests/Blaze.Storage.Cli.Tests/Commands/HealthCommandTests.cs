using Blaze.Storage.Cli.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class HealthCommandTests
{
    [Theory]
    [InlineData(200, ExitCodes.Done)]
    [InlineData(401, ExitCodes.Done)]
    [InlineData(503, ExitCodes.Failed)]
    public async Task Health_OfAServerThatAnswers_IsItsAnswer(int status, int expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/readyz", () => Results.StatusCode(status));
        await server.StartAsync(TestContext.Current.CancellationToken);

        var (code, error) = await RunAsync(server.Urls.First() + "/readyz");

        Assert.Equal(expected, code);
        Assert.Equal(expected != ExitCodes.Done, error.Contains($"answers {status}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_WhereNobodyListens_Fails()
    {
        // The port below the first that programs may have: nobody listens there.
        var (code, error) = await RunAsync("http://127.0.0.1:1/");
        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("does not answer", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:7070")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://user:secret@127.0.0.1/")]
    public async Task Health_OfWhatIsNoAddress_IsBadUsage(string url) => Assert.Equal(ExitCodes.BadUsage, (await RunAsync(url)).Code);

    private static async Task<(int Code, string Error)> RunAsync(string url)
    {
        using var error = new StringWriter();
        var code = await BlazeCommandLine.RunAsync(["health", url], [HealthCommand.Create()], TextWriter.Null, error);
        return (code, error.ToString());
    }
}
