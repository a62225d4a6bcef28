using System.CommandLine;
using System.Net.Security;
using Blaze.Storage.Api;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze health</c>: asks a part of a cluster whether it is well, for containers whose image has no other program.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string OfApi = $"http://127.0.0.1:{ApiOptions.DefaultPort}/readyz";

    private const string Lesson =
        """
        Examples:
          blaze health                                 the REST endpoint on this machine
          blaze health http://127.0.0.1:7070           a worker started with --listen 0.0.0.0:7070

          Exit code 0: it answers, and not with a failure of its own. Else 1. Of a server on this
          machine the certificate is not checked.

        """;

    public static Command Create()
    {
        var url = new Argument<string>("URL")
        {
            Description = $"What to ask. Default: {OfApi}.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => OfApi,
        };
        url.Validators.Add(result =>
        {
            if (AddressOf(result.GetValueOrDefault<string>()) is null)
                result.AddError($"URL is an address as {OfApi}, not '{result.GetValueOrDefault<string>()}'.");
        });
        var command = new TaughtCommand("health", "Ask a part of a cluster whether it is well.", Lesson) { url };
        command.SetAction((parsed, cancellationToken) => RunAsync(AddressOf(parsed.GetValue(url))!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
#pragma warning disable CA5359 // The certificate of a server on this machine names the host that others know it by.
        if (address.IsLoopback)
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            // Who asks for a key is well enough to do so.
            return (int)answer.StatusCode < 500
                ? ExitCodes.Done
                : throw new ClusterException($"{address} answers {(int)answer.StatusCode}: it is not well.");
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClusterException($"{address} does not answer: {problem.Message.TrimEnd('.')}.", problem);
        }
    }

    private static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 ? address : null;
}
