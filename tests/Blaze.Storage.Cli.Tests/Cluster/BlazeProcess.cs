using System.Collections.Concurrent;
using System.Diagnostics;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

/// <summary>The real program in a process group of its own, with a run folder of its own.</summary>
internal sealed class BlazeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BlazeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _lines);

    /// <summary>Starts <c>blaze</c> with the arguments.</summary>
    /// <param name="runtimeFolder">What XDG_RUNTIME_DIR says to it.</param>
    public static BlazeProcess Start(string runtimeFolder, params string[] arguments)
    {
        var self = ProgramPath.Self(arguments);
        var start = new ProcessStartInfo("setsid", [self.Program, .. self.Arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = runtimeFolder;
        start.Environment.Remove(ClusterLocator.Variable);
        return new BlazeProcess(Process.Start(start)!);
    }

    /// <summary>Starts <c>blaze up</c> and returns when it says that the cluster is up.</summary>
    public static async Task<BlazeProcess> UpAsync(string runtimeFolder)
    {
        var process = Start(runtimeFolder, "up", "--workers", "0");
        await Task.WhenAny(process._isUp.Task, process._process.WaitForExitAsync()).WaitAsync(Deadline);
        Assert.True(process._isUp.Task.IsCompleted, process.Output);
        return process;
    }

    /// <summary>Runs <c>blaze</c> to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string runtimeFolder, params string[] arguments)
    {
        await using var process = Start(runtimeFolder, arguments);
        return (await process.WaitAsync(), process.Output);
    }

    /// <summary>Sends a signal to the process alone, or to its whole group as a terminal does.</summary>
    public void Signal(int signal, bool group = false) => Assert.Equal(0, NativeMethods.Kill(group ? -Id : Id, signal));

    /// <summary>Ends it with a signal that means a crash. The runtime takes the first one for itself and goes on.</summary>
    public void Crash(int signal)
    {
        for (var attempt = 0; attempt < 100 && !_process.WaitForExit(TimeSpan.FromMilliseconds(100)); attempt++)
            Signal(signal);
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.Contains("the cluster is up", StringComparison.Ordinal))
            _isUp.TrySetResult();
    }
}
