using System.Diagnostics;
using System.Globalization;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>
/// A child that never outlives this process, however this process ends, and that the terminal's Ctrl-C does not reach.
/// </summary>
/// <remarks>
/// A small shell stands between the two. It lives in a session of its own, so the terminal's signals stop there, and reads a
/// pipe that this process holds: when the pipe closes, for whatever reason including SIGKILL, it kills the child. Should the
/// shell itself be killed, the kernel kills the child (<c>PR_SET_PDEATHSIG</c>). That signal is tied to the parent's
/// thread, so it would strike too early if a pool thread of this process were the parent.
/// </remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    // A session is a group of its own to a Linux scheduler that groups by sessions, and then only the group's niceness counts.
    private const string Guard = """
        { [ "$1" = 0 ] || echo "$1" >/proc/self/autogroup; } 2>/dev/null
        shift
        IFS= read -r line || exit 125
        if [ -n "$line" ]; then
            file=$(umask 077 && mktemp) && printf '%s\n' "$line" >"$file" && exec 4<"$file" && rm -- "$file" || exit 125
        else
            exec 4</dev/null
        fi
        "$@" <&4 &
        pid=$!
        exec >/dev/null 2>&1 4<&-
        while read -r signal; do kill -s "$signal" "$pid"; done
        kill -s KILL "$pid"
        wait "$pid"
        """;

    private readonly Process _guard;
    private readonly Lock _inputLock = new();
    private bool _inputClosed;

    private ChildProcess(Process guard, Action<string> onLine)
    {
        _guard = guard;
        Exited = WatchAsync(onLine);
    }

    /// <summary>Ends with the child, with its exit code (128 + signal where a signal ended it). Never fails.</summary>
    public Task<int> Exited { get; }

    /// <summary>The process id of the shell that guards the child.</summary>
    public int GuardId => _guard.Id;

    /// <summary>Starts a child.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="onLine">Receives each line of its output and errors, from any thread.</param>
    /// <exception cref="ClusterException">No shell could be started. A program that is missing shows as exit code 127.</exception>
    public static ChildProcess Start(ChildCommand command, Action<string> onLine)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var niceness = command.Niceness.ToString(CultureInfo.InvariantCulture);
        string[] givingWay = command.Niceness == 0 ? [] : ["nice", "-n", niceness];
        string[] words = [.. OwnSession(), "sh", "-c", Guard, "blaze-guard", niceness, .. givingWay, .. DeathSignal(), command.Program, .. command.Arguments];
        start.FileName = words[0];
        foreach (var word in words.AsSpan(1))
            start.ArgumentList.Add(word);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        try
        {
            var guard = Process.Start(start) ?? throw new InvalidOperationException("no process was started");
            var child = new ChildProcess(guard, onLine);
            child.Write(command.SecretInput ?? "");
            return child;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw new ClusterException($"{Path.GetFileName(command.Program)} could not be started: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>Sends a signal, named as <c>kill -s</c> knows it. Nothing happens when the child has ended.</summary>
    public void Signal(string name) => Write(name);

    /// <summary>Asks the child to end, and kills it when it has not within the grace.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time)
    {
        Signal("TERM");
        await Task.WhenAny(Exited, Task.Delay(grace, time));
        await DisposeAsync();
    }

    /// <summary>Kills the child if it still runs, and returns when it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        CloseInput();
        await Exited;
        _guard.Dispose();
    }

    private static IEnumerable<string> OwnSession() => ProgramPath.Find("setsid") is { } setsid ? [setsid] : [];

    private static IEnumerable<string> DeathSignal()
    {
        // Busybox has a program of that name without this option.
        var found = ProgramPath.Find("setpriv");
        var isFull = found is not null && File.ResolveLinkTarget(found, returnFinalTarget: true)?.Name != "busybox";
        return isFull ? [found!, "--pdeathsig", "KILL", "--"] : [];
    }

    private async Task<int> WatchAsync(Action<string> onLine)
    {
        await Task.WhenAll(PumpAsync(_guard.StandardOutput, onLine), PumpAsync(_guard.StandardError, onLine));
        // The child alone held the other ends, so it has ended and the shell can go too.
        CloseInput();
        await _guard.WaitForExitAsync();
        return _guard.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(line);
    }

    private void Write(string line)
    {
        lock (_inputLock)
        {
            if (_inputClosed)
                return;
            try
            {
                _guard.StandardInput.WriteLine(line);
                _guard.StandardInput.Flush();
            }
            catch (IOException)
            {
                // The shell is gone, and the child with it; Exited tells.
                _inputClosed = true;
            }
        }
    }

    private void CloseInput()
    {
        lock (_inputLock)
        {
            if (_inputClosed)
                return;
            _inputClosed = true;
            _guard.StandardInput.Close();
        }
    }
}
