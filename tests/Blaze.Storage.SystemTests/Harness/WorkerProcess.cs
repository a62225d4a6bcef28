using System.Diagnostics;
using System.Runtime.InteropServices;
using Blaze.Storage.Center;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>A worker as users run it: <c>blaze worker</c>, a process of its own. Killed when disposed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <param name="address">The center.</param>
    /// <param name="environment">Further variables of its environment.</param>
    public static WorkerProcess Start(CenterAddress address, params ReadOnlySpan<(string Name, string Value)> environment) => Start(address, [], environment);

    /// <param name="address">The center.</param>
    /// <param name="arguments">Further arguments; without <c>--slots</c> it has one.</param>
    /// <param name="environment">Further variables of its environment.</param>
    public static WorkerProcess Start(CenterAddress address, IReadOnlyList<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        // The tests' own frameworks: what one of them brings along is not beside the program here.
        var frameworks = Path.Combine(AppContext.BaseDirectory, typeof(WorkerProcess).Assembly.GetName().Name + ".runtimeconfig.json");
        var start = new ProcessStartInfo(
            dotnet, ["exec", "--runtimeconfig", frameworks, Path.Combine(AppContext.BaseDirectory, "blaze.dll"), "worker", "--no-cache", .. arguments.Contains("--slots") ? [] : (string[])["--slots", "1"], .. arguments])
        {
            RedirectStandardError = true,
        };
        start.Environment["BLAZE_CENTER"] = $"redis://:{address.Password}@{address.Host}:{address.Port}/{address.Namespace}";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return new WorkerProcess(process);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
