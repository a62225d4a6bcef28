using System.Threading.Channels;

namespace Blaze.Storage.Worker;

/// <summary>
/// Wakes one waiter; set while nobody waits, it wakes the next one at once. Several sets in a row are one. The waiter goes on within the
/// call that wakes it, up to its next wait, so that no other thread has to be woken for it.
/// </summary>
internal sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Forgets what was set: for who looks for everything right after.</summary>
    public void Reset() => _channel.Reader.TryRead(out _);

    /// <summary>Waits for the signal, at most for a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over; the caller looks for itself.
        }
    }
}
