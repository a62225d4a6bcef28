using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Tests.Cluster;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>
/// Folders of a test's own for everything that the program keeps on a machine, and runs of the real program in them. Every
/// process started here, and every process it starts, can be told by its environment.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const string Run = "\"$@\"";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();

    public Sandbox()
    {
        foreach (var name in (string[])["run", "cache", "tmp", "home", "data"])
            Directory.CreateDirectory(_folder[name]);
        File.WriteAllBytes(Data("file"), new byte[1000]);
    }

    /// <summary>Changes to the environment; an empty value removes a variable.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What to put before the program's command line, for example setpriv.</summary>
    public string[] Wrapper { get; set; } = [];

    /// <summary>A file of the test's, in the folder the program runs in.</summary>
    public string Data(string name) => Path.Combine(_folder["data"], name);

    /// <summary>A file of any of the folders.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Runs the program to its end and fails if anything of it is left.</summary>
    /// <param name="script">A shell script, in which <c>"$@"</c> is the program with its arguments; null for just that.</param>
    /// <param name="arguments">The arguments.</param>
    public async Task<CommandOutcome> RunAsync(string? script, params string[] arguments)
    {
        using var process = Start(script, arguments);
        var outcome = await process.EndAsync();
        await AssertNothingLeftAsync(outcome.ToString());
        return outcome;
    }

    /// <summary>Starts the program in a session of its own.</summary>
    public SandboxProcess Start(string? script, params string[] arguments)
    {
        var self = ProgramPath.Self(arguments);
        string[] program = [.. Wrapper, self.Program, .. self.Arguments];
        var start = new ProcessStartInfo("setsid", script is null ? program : ["sh", "-c", script, "sh", .. program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder["data"],
        };
        start.Environment.Remove(ClusterLocator.Variable);
        start.Environment["XDG_RUNTIME_DIR"] = _folder["run"];
        start.Environment["XDG_CACHE_HOME"] = _folder["cache"];
        start.Environment["TMPDIR"] = _folder["tmp"];
        start.Environment["HOME"] = _folder["home"];
        // The runtime's own sockets would pass for files that were left.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value.Length > 0 ? value : null;
        return new SandboxProcess(start, Deadline, $"{script ?? Run} {string.Join(' ', arguments)}");
    }

    /// <summary>Fails unless every process started here, or by one of them, is gone, and no temporary file is left.</summary>
    public async Task AssertNothingLeftAsync(string about)
    {
        await ProcessTree.AssertAllEndAsync([.. Processes()]);
        Assert.True(!Directory.EnumerateFileSystemEntries(_folder["tmp"]).Any(), $"A temporary file is left of: {about}");
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<ProcessIdentity> Processes()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && IsOurs(folder) && ProcessIdentity.Of(id) is { } process)
                yield return process;
        }
    }

    private bool IsOurs(string folder)
    {
        try
        {
            return File.ReadAllText(folder + "/environ").Contains(_folder.Path, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or it is somebody else's.
            return false;
        }
    }
}

/// <summary>A run of the real program.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private readonly Process _process;
    private readonly TimeSpan _deadline;
    private readonly string _about;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _isUnderWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _results;

    public SandboxProcess(ProcessStartInfo start, TimeSpan deadline, string about)
    {
        _deadline = deadline;
        _about = about;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginErrorReadLine();
        _results = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Returns when the program has told how far its job has come.</summary>
    public async Task UnderWayAsync()
    {
        await Task.WhenAny(_isUnderWay.Task, _process.WaitForExitAsync()).WaitAsync(_deadline);
        Assert.True(_isUnderWay.Task.IsCompleted, $"It ended before it was under way: {_about}\n{string.Join('\n', _errors)}");
    }

    /// <summary>Sends a signal to it, or to its whole group as a terminal does.</summary>
    public void Signal(int signal, bool group) => Assert.Equal(0, NativeMethods.Kill(group ? -_process.Id : _process.Id, signal));

    /// <summary>Waits for its end.</summary>
    public async Task<CommandOutcome> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_deadline);
        // A slow machine tells its progress where a fast one has none.
        return new CommandOutcome(_about, _process.ExitCode, await _results, string.Join('\n', _errors.Where(line => !Progress().IsMatch(line))));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"^blaze: (planning|\d+\.\d %)")]
    private static partial Regex Progress();

    private void Add(string? line)
    {
        if (line is null)
            return;
        _errors.Enqueue(line);
        if (line.Contains(" of 1.00 TiB", StringComparison.Ordinal))
            _isUnderWay.TrySetResult();
    }
}
