using System.Globalization;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>A program that can serve as center: Garnet, Valkey or Redis.</summary>
/// <param name="File">The assembly or the executable.</param>
internal abstract record CenterServer(string File)
{
    /// <summary>The environment variable that names the server to use: a path to GarnetServer.dll, valkey-server or redis-server.</summary>
    public const string Variable = "BLAZE_CENTER_SERVER";

    /// <summary>What to run for a center on loopback that keeps everything in memory.</summary>
    public abstract ChildCommand Command(int port, string password);

    /// <summary>The server to use: the one <see cref="Variable"/> names, else Garnet, else what is on PATH.</summary>
    /// <exception cref="ClusterException">There is none; the message says how to get one.</exception>
    public static CenterServer Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Named(named);
        if (GarnetTool.Find() is { } garnet)
            return new GarnetCenter(garnet);
        if ((ProgramPath.Find("valkey-server") ?? ProgramPath.Find("redis-server")) is { } found)
            return new RedisCenter(found);
        throw new ClusterException(
            "No server for an embedded center was found: run `dotnet tool restore` in the repository, install one with `sudo apt-get install redis-server`, or name a running one with --center.");
    }

    private static CenterServer Named(string path)
    {
        if (!System.IO.File.Exists(path))
            throw new ClusterException($"{Variable} names {path}, which does not exist; let it name GarnetServer.dll, valkey-server or redis-server.");
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? new GarnetCenter(path) : new RedisCenter(path);
    }
}

/// <summary>Garnet, run without the wrapper of <c>dotnet tool run</c>, which costs a process and 80 ms.</summary>
internal sealed record GarnetCenter(string File) : CenterServer(File)
{
    public override ChildCommand Command(int port, string password) =>
        new(ProgramPath.Dotnet, ["exec", File, "--config-import-path", "/dev/stdin", .. Arguments(port)])
        {
            SecretInput = $$"""{"AuthenticationMode":"Password","Password":"{{password}}"}""",
            Environment = new Dictionary<string, string>
            {
                // A heap per core gains nothing at this size.
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_TieredPGO"] = "0",
                // It ends by being killed, and would leave its debugger's pipes behind in the folder for temporary files.
                ["DOTNET_EnableDiagnostics"] = "0",
            },
        };

    private static IEnumerable<string> Arguments(int port) =>
    [
        "--bind", "127.0.0.1",
        "--port", port.ToString(CultureInfo.InvariantCulture),
        // Scripts are atomic only as transactions.
        "--lua", "--lua-transaction-mode",
        "--memory", MemoryBudget(),
        "--page", "4m",
        "--index", "16m",
    ];

    // Beyond its budget Garnet drops the oldest keys without a word, and a center must not forget. Memory is taken as it is used.
    private static string MemoryBudget()
    {
        var gibibytes = Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30);
        return gibibytes.ToString(CultureInfo.InvariantCulture) + "g";
    }
}

/// <summary>Redis or Valkey.</summary>
internal sealed record RedisCenter(string File) : CenterServer(File)
{
    public override ChildCommand Command(int port, string password) =>
        new(File, ["-", "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", "/"])
        {
            SecretInput = $"requirepass {password}",
        };
}
