using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Calls;

/// <summary>One attempt of a call, with its deadline. Its token is cancelled by the caller's or when the deadline is over.</summary>
internal sealed class Attempt : IDisposable
{
    /// <summary>How long a store may take to react to a cancelled token before it is left alone with what it does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly StoreCall _call;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenRegistration _registration;

    public Attempt(StoreCall call, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _call = call;
        _timeProvider = timeProvider;
        _caller = cancellationToken;
        _ending = new CancellationTokenSource(call.AttemptTime, timeProvider);
        _registration = cancellationToken.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending);
    }

    public CancellationToken Token => _ending.Token;

    /// <summary>Runs the attempt to its end, or to the deadline's.</summary>
    /// <param name="action">What is tried.</param>
    /// <param name="late">What is done with a result that comes when nobody waits for it any more.</param>
    /// <exception cref="ObjectStoreException">As the store's; Transient after the deadline.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Attempt, Task<T>> action, Action<T>? late)
    {
        try
        {
            var running = action(this);
            return await (_call.LendsBuffer || running.IsCompleted ? running : WaitAsync(running, late)).ConfigureAwait(false);
        }
        catch (OperationCanceledException problem) when (!_caller.IsCancellationRequested)
        {
            throw Late(problem);
        }
        catch (ObjectStoreException) when (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(_caller);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _ending.Dispose();
    }

    private async Task<T> WaitAsync<T>(Task<T> running, Action<T>? late)
    {
        try
        {
            return await running.WaitAsync(Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCanceled)
        {
            return await WaitALittleAsync(running, late).ConfigureAwait(false);
        }
    }

    private async Task<T> WaitALittleAsync<T>(Task<T> running, Action<T>? late)
    {
        try
        {
            return await running.WaitAsync(Grace, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsFaulted)
        {
            _ = SettleAsync(running, late);
            throw new OperationCanceledException(Token);
        }
    }

    private static async Task SettleAsync<T>(Task<T> running, Action<T>? late)
    {
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsCompletedSuccessfully)
            late?.Invoke(running.Result);
    }

    // A client that cancels by itself, without deadline or caller, has timeouts of its own.
    private ObjectStoreException Late(OperationCanceledException cause)
    {
        var problem = Token.IsCancellationRequested
            ? FormattableString.Invariant($"got no answer from its store within {_call.AttemptTime.TotalSeconds:0.###} s")
            : "was given up by its store's client";
        return new ObjectStoreException(
            ObjectStoreErrorKind.Transient, $"'{_call.Uri.Display}' {problem}; check that the store is up and can be reached.", _call.Uri.Scheme, _call.Uri, cause);
    }
}
