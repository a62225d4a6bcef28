using Blaze.Storage.Adapters.Resilience.Throttling;
using Blaze.Storage.Core.ObjectStores;
using Polly;
using Polly.Retry;

namespace Blaze.Storage.Adapters.Resilience.Calls;

/// <summary>Runs calls to a store: through the gate of its host, each attempt with a deadline, again where that may help.</summary>
internal sealed class RetriedCalls : IDisposable
{
    private static readonly ResiliencePropertyKey<Running> Key = new("call");
    private readonly RetryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RetryBudget _budget;
    private readonly ThrottleGates _gates;
    private readonly ResiliencePipeline _pipeline;
    private long _repetitions;

    public RetriedCalls(RetryOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _budget = new RetryBudget(options, timeProvider);
        _gates = new ThrottleGates(options, timeProvider);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = failed => ValueTask.FromResult(IsWorthRepeating(failed.Outcome.Exception, failed.Context.Properties.GetValue(Key, null!))),
                DelayGenerator = failed => ValueTask.FromResult<TimeSpan?>(
                    PauseAfter((ObjectStoreException)failed.Outcome.Exception!, failed.Context.Properties.GetValue(Key, null!))),
            })
            .Build();
    }

    public long Repetitions => Interlocked.Read(ref _repetitions);

    /// <summary>A call that moves few bytes.</summary>
    public StoreCall Small(ResourceUri uri) => new(uri, _options.AttemptTime);

    /// <summary>A call that moves the caller's bytes.</summary>
    public StoreCall Moving(ResourceUri uri, long bytes) => new(uri, _options.AttemptTime + TimeFor(bytes), lendsBuffer: true);

    /// <summary>A call for which the store itself moves bytes.</summary>
    public StoreCall Completing(ResourceUri uri, long bytes) => new(uri, _options.CompletionTime + TimeFor(bytes));

    /// <summary>Runs a call to its end.</summary>
    /// <param name="call">Knows afterwards how it went.</param>
    /// <param name="action">One attempt; may run several times, never two at once unless one was left alone after its deadline.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="late">What is done with a result that comes after its deadline.</param>
    public async Task<T> RunAsync<T>(StoreCall call, Func<Attempt, Task<T>> action, CancellationToken cancellationToken, Action<T>? late = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var running = new Running(call, _timeProvider.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Key, running);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, state) => await state.Calls.AttemptAsync(state.Running, state.Action, state.Late, context.CancellationToken).ConfigureAwait(false),
                context,
                (Calls: this, Running: running, Action: action, Late: late)).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.Transient)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw call.GaveUp(failure, ElapsedOf(running));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>A token that is cancelled after a time, by the clock of all calls.</summary>
    public CancellationTokenSource Deadline(TimeSpan time) => new(time, _timeProvider);

    public void Dispose() => _gates.Dispose();

    private async Task<T> AttemptAsync<T>(Running running, Func<Attempt, Task<T>> action, Action<T>? late, CancellationToken cancellationToken)
    {
        var call = running.Call;
        var gate = _gates.For(call.Uri);
        var patience = _options.TotalTime - ElapsedOf(running);
        var entered = await gate.EnterAsync(patience, cancellationToken).ConfigureAwait(false) ?? throw LeftAlone(call.Uri);
        Exception? problem = null;
        try
        {
            call.Attempts++;
            using var attempt = new Attempt(call, _timeProvider, cancellationToken);
            return await attempt.RunAsync(action, late).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            problem = failure;
            throw;
        }
        finally
        {
            Note(call, gate, entered, problem);
        }
    }

    private void Note(StoreCall call, ThrottleGate gate, ThrottleGate.Pass entered, Exception? problem)
    {
        var failure = problem as ObjectStoreException;
        var isTransient = failure?.Kind == ObjectStoreErrorKind.Transient;
        call.MayHaveHappened |= isTransient;
        var answered = problem is null || (failure is not null && !isTransient);
        if (answered)
            _budget.Answered();
        if (failure is { IsThrottled: true })
            gate.Throttled(entered, failure.RetryAfter);
        else
            gate.Leave(entered, answered);
    }

    private bool IsWorthRepeating(Exception? problem, Running running)
    {
        if (problem is not ObjectStoreException { Kind: ObjectStoreErrorKind.Transient } failure
            || running.Call.Attempts >= _options.Attempts
            || (failure.RetryAfter ?? TimeSpan.Zero) >= _options.TotalTime - ElapsedOf(running))
        {
            return false;
        }

        running.Call.OutOfBudget = !_budget.TryTake();
        if (!running.Call.OutOfBudget)
            Interlocked.Increment(ref _repetitions);
        return !running.Call.OutOfBudget;
    }

    // The gate makes a throttled call wait, together with all others.
    private TimeSpan PauseAfter(ObjectStoreException failure, Running running)
    {
        if (failure.IsThrottled)
            return TimeSpan.Zero;
        var most = Math.Min(_options.MaxDelay.TotalSeconds, _options.BaseDelay.TotalSeconds * Math.Pow(2, Math.Min(running.Call.Attempts - 1, 60)));
        var pause = Math.Max(most * Random.Shared.NextDouble(), (failure.RetryAfter ?? TimeSpan.Zero).TotalSeconds);
        var left = (_options.TotalTime - ElapsedOf(running)).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(pause, 0, Math.Max(0, left)));
    }

    private TimeSpan ElapsedOf(Running running) => _timeProvider.GetElapsedTime(running.Started);

    private TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds(Math.Min((double)bytes / _options.SlowestRate, TimeSpan.FromDays(1).TotalSeconds));

    private static ObjectStoreException LeftAlone(ResourceUri uri) => new(
        ObjectStoreErrorKind.Transient,
        $"'{uri.Display}' was not asked for because its store wants fewer requests for now; run again later, or with fewer workers.",
        uri.Scheme,
        uri)
    {
        IsThrottled = true,
    };

    private sealed record Running(StoreCall Call, long Started);
}
