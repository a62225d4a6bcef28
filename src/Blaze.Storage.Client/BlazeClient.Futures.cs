using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    private const int FetchesAhead = 4;

#pragma warning disable CA1822 // Part of what a client does, whatever it takes to do it.
    /// <summary>Calls an operation that workers offer under a name.</summary>
    /// <typeparam name="TResult">The type of the value; JSON, numbers, arrays and bytes as docs/values.md says.</typeparam>
    /// <param name="operation">The name, with <c>@2</c> for a version other than the first. Until a worker offers it the call waits.</param>
    /// <param name="arguments">Values, futures, and lists of futures.</param>
    /// <exception cref="Core.BlazeException">The name is none, or an argument cannot be turned into bytes.</exception>
    public Future<TResult> SubmitNamed<TResult>(string operation, params ReadOnlySpan<object?> arguments) =>
        SubmitNamed<TResult>(operation, CallOptions.Default, arguments);

    /// <inheritdoc cref="SubmitNamed{TResult}(string, ReadOnlySpan{object})"/>
    /// <param name="options">How it is run.</param>
    public Future<TResult> SubmitNamed<TResult>(string operation, CallOptions options, params ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var inputs = new CallInput[arguments.Length];
        for (var at = 0; at < inputs.Length; at++)
            inputs[at] = CallInput.OfAny(arguments[at]);
        return _calls.SubmitNamed<TResult>(operation, options, inputs);
    }

    /// <summary>Waits for the values of futures, several of which come at once, and gives them in their order; fails with the first of them that fails.</summary>
    public async Task<T[]> GatherAsync<T>(IEnumerable<Future<T>> futures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(futures);
        var all = futures as IReadOnlyList<Future<T>> ?? [.. futures];
        var values = new T[all.Count];
        foreach (var future in all.Take(FetchesAhead))
            _ = future.ResultAsync(cancellationToken);
        for (var at = 0; at < values.Length; at++)
        {
            // A large one is on its way while those before it are waited for.
            if (at + FetchesAhead < values.Length)
                _ = all[at + FetchesAhead].ResultAsync(cancellationToken);
            values[at] = await all[at].ResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return values;
    }

    /// <summary>Gives futures as they end, in whatever way; awaiting one that is given does not wait for its call.</summary>
    public async IAsyncEnumerable<Future<T>> AsCompleted<T>(IEnumerable<Future<T>> futures, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(futures);
        var ended = Channel.CreateUnbounded<Future<T>>();
        var count = 0;
        foreach (var future in futures)
        {
            count++;
            _ = future.Ended.ContinueWith(
                static (_, state) =>
                {
                    var (writer, future) = ((ChannelWriter<Future<T>>, Future<T>))state!;
                    writer.TryWrite(future);
                },
                (ended.Writer, future), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        for (; count > 0; count--)
            yield return await ended.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

#pragma warning restore CA1822

    /// <summary>
    /// Tells how far calls are: at once, then whenever that has changed, at most as often as <see cref="BlazeClientOptions.MaxUpdatesPerSecond"/> says, and for
    /// the last time when all have ended.
    /// </summary>
    public async IAsyncEnumerable<CallProgress> FollowAsync(IEnumerable<Future> futures, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(futures);
        IReadOnlyList<Future> all = [.. futures];
        var ended = Task.WhenAll(all.Select(future => future.Ended));
        CallProgress? told = null;
        while (true)
        {
            var now = CallProgress.Of(all);
            if (now != told)
                yield return now;
            if (now.Pending == 0)
                yield break;
            told = now;
            await Task.WhenAny(ended, Task.Delay(_options.UpdateInterval, _options.TimeProvider, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Why a call waits, where that is that nobody could take it: a sentence that names the operation or the resource that no worker offers, and the largest
    /// offer there is. Null where it has ended, or some worker could take it.
    /// </summary>
    public async Task<string?> WhyWaitingAsync(Future future, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(future);
        if (!future.Entry.IsPending || future.Entry.Addition.Recipe.IsEmpty)
            return null;
        var call = CallRecipe.Parse(future.Entry.Addition.Recipe);
        return Offers.Missing(call.Operation, call.Policy.Resources, await WorkersAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Cancels calls: those that have not ended end as cancelled, here at once, and for calls that need them. What another client wants goes on for it.
    /// </summary>
    public Task CancelAsync(params IEnumerable<Future> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return _futures.CancelAsync([.. futures.Select(future => future.Entry)]);
    }

    /// <summary>
    /// Lets values go, as disposing their futures does, and ends when the center has let go of them and told the workers that hold them: their
    /// memory is free for what comes next. What other futures or calls still need stays.
    /// </summary>
    public Task ReleaseAsync(params IEnumerable<Future> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        foreach (var future in futures)
            future.Dispose();
        return _futures.WaitReleasedAsync();
    }
}
