using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Blaze.Storage.TestKit.Servers;

/// <summary>A real server on a loopback port with a random password. It dies with the process that started it, however that ends.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private const int Attempts = 3;
    private const int ShownLines = 20;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    // The shell waits for its input to end, which it does when its parent is gone, and takes the server along.
    private const string Guard = "\"$@\" </dev/null & server=$!; read -r _; kill -9 $server";

    private readonly Func<int, string, ServerCommand> _command;
    private Process? _guard;

    private TestServer(string name, Func<int, string, ServerCommand> command, string password)
    {
        Name = name;
        _command = command;
        Password = password;
    }

    /// <summary>What it is, for messages.</summary>
    public string Name { get; }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Its password.</summary>
    public string Password { get; }

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    /// <param name="command">Its command line for a port and a password.</param>
    public static async Task<TestServer> StartAsync(string name, Func<int, string, ServerCommand> command, CancellationToken cancellationToken)
    {
        var server = new TestServer(name, command, RandomNumberGenerator.GetHexString(32, lowercase: true));
        for (var attempt = 1; ; attempt++)
        {
            // Somebody else may take the port between here and the start.
            server.Port = FreePort();
            try
            {
                await server.StartAgainAsync(cancellationToken);
                return server;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                await server.StopAsync();
            }
        }
    }

    /// <summary>The address of a namespace on it.</summary>
    public string Address(string @namespace) => $"redis://:{Password}@127.0.0.1:{Port}/{@namespace}";

    /// <summary>Kills it as a power cut would.</summary>
    public async Task StopAsync()
    {
        if (_guard is not { } guard)
            return;
        _guard = null;
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    /// <summary>Starts it again on the same port, empty.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var command = _command(Port, Password);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in (string[])["-c", Guard, "sh", command.Program, .. command.Arguments])
            start.ArgumentList.Add(argument);
        _guard = Process.Start(start) ?? throw new InvalidOperationException($"{Name} did not start.");
        _guard.BeginErrorReadLine();
        await WaitUntilReadyAsync(_guard, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task WaitUntilReadyAsync(Process guard, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartTime);
        var lines = new Queue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guard.OutputDataReceived += (_, output) =>
        {
            if (output.Data is not { } line)
                return;
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult();
            if (line.Contains("in use", StringComparison.OrdinalIgnoreCase) || line.Contains("Unable to", StringComparison.Ordinal))
                ready.TrySetException(new InvalidOperationException($"{Name} did not start: {line}"));
            if (lines.Count < ShownLines)
                lines.Enqueue(line);
        };
        guard.BeginOutputReadLine();
        try
        {
            await ready.Task.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{Name} did not start in time. It said: {string.Join('\n', lines)}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
