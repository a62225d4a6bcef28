using System.Diagnostics;

namespace Blaze.Storage.TestKit.Servers;

/// <summary>
/// A real S3 server, Ceph's gateway, on loopback ports, with http and https. Addresses want the bucket in the path. It dies
/// with the process that started it, however that ends.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);
    private readonly Process _script;
    private readonly Queue<string> _errors = new();

    private S3Server(Process script) => _script = script;

    /// <summary>Its http address.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Its https address.</summary>
    public Uri SecureEndpoint { get; private set; } = null!;

    /// <summary>The PEM file with the certificate of <see cref="SecureEndpoint"/>, which signed itself.</summary>
    public string CertificateFile { get; private set; } = "";

    /// <summary>The one user's access key.</summary>
    public string AccessKey { get; private set; } = "";

    /// <summary>The one user's secret key.</summary>
    public string SecretKey { get; private set; } = "";

    /// <summary>Starts a server and waits until it takes requests.</summary>
    /// <param name="root">A Debian system whose Ceph it is to be, or null for this one's.</param>
    public static async Task<S3Server> StartAsync(string? root, CancellationToken cancellationToken)
    {
        if (Missing(root) is { } reason)
            CenterServers.Missing(reason);
        var start = new ProcessStartInfo(ScriptPath())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--tls", .. root is null ? (string[])[] : ["--root", root]])
            start.ArgumentList.Add(argument);
        var server = new S3Server(Process.Start(start) ?? throw new InvalidOperationException("The S3 server did not start."));
        try
        {
            server.DrainErrors();
            await server.ReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the gateway as a power cut would: requests under way are cut, objects stay.</summary>
    public async Task KillGatewayAsync(CancellationToken cancellationToken)
    {
        await SayAsync("kill", cancellationToken);
        await AnswerAsync(cancellationToken);
    }

    /// <summary>Starts the gateway again, at the same address, with all objects.</summary>
    public async Task StartGatewayAsync(CancellationToken cancellationToken)
    {
        await SayAsync("start", cancellationToken);
        await ReadyAsync(cancellationToken);
    }

    /// <summary>Makes a bucket that nobody has used.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewBucketAsync(CancellationToken cancellationToken)
    {
        var name = $"t{Guid.NewGuid():N}";
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Endpoint, name));
        S3Signature.Sign(request, AccessKey, SecretKey);
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return name;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }

    private static string? Missing(string? root)
    {
        string[] folders = root is null ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':') : [Path.Combine(root, "usr/bin")];
        var missing = ((string[])["radosgw", "ceph-mon", "ceph-osd", "ceph"]).Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        return missing.Count == 0
            ? null
            : $"{string.Join(", ", missing)} missing{(root is null ? "" : $" in {root}")}; install: sudo apt-get install --no-install-recommends radosgw ceph-mon ceph-osd ceph-common curl openssl";
    }

    private static string ScriptPath()
    {
        const string Script = "infra/scripts/s3-server";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, Script) is var path && File.Exists(path))
                return path;
        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Script}.");
    }

    private void DrainErrors()
    {
        _script.ErrorDataReceived += (_, output) =>
        {
            lock (_errors)
                _errors.Enqueue(output.Data ?? "");
        };
        _script.BeginErrorReadLine();
    }

    private async Task SayAsync(string word, CancellationToken cancellationToken)
    {
        await _script.StandardInput.WriteLineAsync(word.AsMemory(), cancellationToken);
        await _script.StandardInput.FlushAsync(cancellationToken);
    }

    private async Task<string> AnswerAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartTime);
        if (await _script.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            return line;
        await _script.WaitForExitAsync(cancellationToken);
        lock (_errors)
            throw new InvalidOperationException($"The S3 server ended. It said: {string.Join('\n', _errors)}");
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var words = (await AnswerAsync(cancellationToken)).Split(' ');
        Assert.Equal("ready", words[0]);
        (Endpoint, AccessKey, SecretKey, SecureEndpoint, CertificateFile) = (new Uri(words[1]), words[2], words[3], new Uri(words[4]), words[5]);
    }
}
