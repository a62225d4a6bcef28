using System.Globalization;
using System.Text.Json;

namespace Blaze.Storage.TestKit.Servers;

/// <summary>
/// The servers a center can be. One that is missing skips the test, or fails it where <c>BLAZE_REQUIRE_SERVERS=1</c>.
/// </summary>
public static class CenterServers
{
    /// <summary>Starts redis-server.</summary>
    public static Task<TestServer> StartRedisAsync(CancellationToken cancellationToken)
    {
        var program = OnPath("redis-server") ?? OnPath("valkey-server") ?? Missing("redis-server is not on PATH; install it with: sudo apt-get install redis-server");
        return TestServer.StartAsync("redis-server", (port, password) => new ServerCommand(program,
        [
            "--port", Number(port), "--bind", "127.0.0.1", "--requirepass", password, "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction",
        ]), cancellationToken);
    }

    /// <summary>Starts redis-server as a node of a cluster that is still to be made, without a password.</summary>
    /// <param name="folder">Where it keeps what it knows of the others.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<TestServer> StartRedisNodeAsync(string folder, CancellationToken cancellationToken)
    {
        var program = OnPath("redis-server") ?? Missing("redis-server is not on PATH; install it with: sudo apt-get install redis-server");
        return TestServer.StartAsync("redis-server", (port, _) => new ServerCommand(program,
        [
            "--port", Number(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder,
            "--cluster-enabled", "yes", "--cluster-port", Number(BusPort(port)), "--cluster-config-file", $"nodes-{Number(port)}.conf",
        ]), cancellationToken);
    }

    /// <summary>The port at which the other nodes reach the node of a cluster with this port.</summary>
    public static int BusPort(int port) => port < 40_000 ? port + 10_000 : port - 10_000;

    /// <summary>Starts redis-server with TLS alone.</summary>
    /// <param name="certificate">A PEM file with its certificate.</param>
    /// <param name="key">A PEM file with the certificate's key.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<TestServer> StartRedisWithTlsAsync(string certificate, string key, CancellationToken cancellationToken)
    {
        var program = OnPath("redis-server") ?? Missing("redis-server is not on PATH; install it with: sudo apt-get install redis-server");
        return TestServer.StartAsync("redis-server", (port, password) => new ServerCommand(program,
        [
            "--port", "0", "--tls-port", Number(port), "--bind", "127.0.0.1", "--requirepass", password, "--save", "", "--appendonly", "no",
            "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no",
        ]), cancellationToken);
    }

    /// <summary>Starts Garnet, the local dotnet tool.</summary>
    public static Task<TestServer> StartGarnetAsync(CancellationToken cancellationToken) =>
        StartGarnetAsync(["--lua", "--lua-transaction-mode"], cancellationToken);

    /// <summary>Starts Garnet as it comes, which runs no scripts.</summary>
    public static Task<TestServer> StartGarnetWithoutLuaAsync(CancellationToken cancellationToken) => StartGarnetAsync([], cancellationToken);

    private static Task<TestServer> StartGarnetAsync(string[] more, CancellationToken cancellationToken)
    {
        var program = GarnetPath() ?? Missing("Garnet is not restored; run: dotnet tool restore");
        return TestServer.StartAsync("Garnet", (port, password) => new ServerCommand("dotnet",
        [
            program, "--bind", "127.0.0.1", "--port", Number(port), "--password", password, "--auth", "Password",
            "--memory", "1g", "--page", "4m", "--index", "16m", .. more,
        ]), cancellationToken);
    }

    private static string? GarnetPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, ".config", "dotnet-tools.json");
            if (!File.Exists(manifest))
                continue;
            using var json = JsonDocument.Parse(File.ReadAllText(manifest));
            var version = json.RootElement.GetProperty("tools").GetProperty("garnet-server").GetProperty("version").GetString();
            var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            var tool = Path.Combine(packages, "garnet-server", version!, "tools", "net10.0", "any", "GarnetServer.dll");
            return File.Exists(tool) ? tool : null;
        }

        return null;
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    internal static string Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("BLAZE_REQUIRE_SERVERS") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return reason;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
