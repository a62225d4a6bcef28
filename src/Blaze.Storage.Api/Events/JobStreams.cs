using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;

namespace Blaze.Storage.Api.Events;

/// <summary>The jobs that somebody listens to, each followed once, and one clock for the heartbeats of all.</summary>
internal sealed class JobStreams : IAsyncDisposable
{
    private readonly BlazeClient _client;
    private readonly ApiOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JobStream> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;
    private long _beat;

    public JobStreams(BlazeClient client, ApiOptions options)
    {
        (_client, _options) = (client, options);
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>How often the heart has beaten.</summary>
    public long Beat => Interlocked.Read(ref _beat);

    /// <summary>Begins to listen to a job; to be closed once.</summary>
    /// <exception cref="ProblemException">The caller listens to too many.</exception>
    public JobStream Open(string jobId, string caller)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(caller);
            if (open >= _options.MaxEventStreams)
                throw new ProblemException(ProblemKind.TooManyStreams, $"{open} event streams are open, which is as many as one caller may have here.");
            _open[caller] = open + 1;
            if (!_streams.TryGetValue(jobId, out var stream))
                _streams[jobId] = stream = new JobStream(_client, jobId);
            stream.Listeners++;
            return stream;
        }
    }

    /// <summary>Ends what <see cref="Open"/> began.</summary>
    public ValueTask CloseAsync(JobStream stream, string jobId, string caller)
    {
        lock (_lock)
        {
            if (--_open[caller] == 0)
                _open.Remove(caller);
            if (--stream.Listeners > 0)
                return ValueTask.CompletedTask;
            _streams.Remove(jobId);
        }

        return stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        while (true)
        {
            await Task.Delay(_options.Heartbeat, _options.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
                return;
            Interlocked.Increment(ref _beat);
            JobStream[] streams;
            lock (_lock)
                streams = [.. _streams.Values];
            foreach (var stream in streams)
                stream.Nudge();
        }
    }
}
