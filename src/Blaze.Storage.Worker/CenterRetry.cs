using Blaze.Storage.Center;
using Polly;
using Polly.Retry;

namespace Blaze.Storage.Worker;

/// <summary>
/// Waits while the center is away: a call that fails because it cannot be reached is repeated, with growing pauses up to two
/// seconds, until it succeeds or is cancelled. Every call to the center is safe to repeat.
/// </summary>
internal sealed class CenterRetry
{
    private readonly ResiliencePipeline _pipeline;

    public CenterRetry(TimeProvider timeProvider, Action<CenterException> onAway)
    {
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<CenterException>(problem => problem.Kind == CenterErrorKind.Unavailable),
                MaxRetryAttempts = int.MaxValue,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromSeconds(2),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = retry =>
                {
                    onAway((CenterException)retry.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(static async (call, token) => await call(token), call, cancellationToken);

    public async Task RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(static async (call, token) => await call(token), call, cancellationToken);
}
