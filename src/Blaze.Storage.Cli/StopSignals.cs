using System.Runtime.InteropServices;

namespace Blaze.Storage.Cli;

/// <summary>
/// A token that is cancelled by the first Ctrl-C, SIGTERM or closing of the terminal. A later one ends the process at once, for
/// whoever does not want to wait for the orderly stop.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // timeout(1) and some shells send a signal to the process and again to its group: that is one wish, not impatience.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action _end;
    private long? _first;

    /// <summary>Listens to the signals.</summary>
    /// <param name="outlivesTerminal">Whether the closing of the terminal is left to the command.</param>
    public StopSignals(bool outlivesTerminal)
        : this(TimeProvider.System, static () => Environment.Exit(ExitCodes.Cancelled))
    {
        PosixSignal[] signals = outlivesTerminal ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    internal StopSignals(TimeProvider time, Action end)
    {
        _time = time;
        _end = end;
        _registrations = [];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    /// <summary>Takes notice of a signal.</summary>
    internal void Receive()
    {
        lock (_lock)
        {
            if (_first is { } first)
            {
                if (_time.GetElapsedTime(first) >= Echo)
                    _end();
                return;
            }

            _first = _time.GetTimestamp();
        }

        _source.Cancel();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Receive();
    }
}
