using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Futures;

/// <summary>
/// The value of a call that some worker computes, known by its key. Given as an argument to another call it is not fetched: the
/// workers pass it on. While a future is in use its value is kept; disposing it, or no longer holding it after it ended, lets the value go.
/// Safe for any number of threads.
/// </summary>
public abstract class Future : IDisposable, INotShippable
{
    private int _released;

    // The entry counts this future among its holders already.
    private protected Future(FutureEntry entry) => Entry = entry;

    /// <summary>Lets go of what nobody holds any more.</summary>
    ~Future() => LetGo(atOnce: false);

    /// <summary>The name of the value: equal for equal calls of pure functions.</summary>
    public string Key => Entry.Key;

    /// <summary>How far it is, as far as this client has heard.</summary>
    public FutureStatus Status => Entry.Status;

    /// <summary>Ends when the call has ended, in whatever way; never fails.</summary>
    public Task Ended => Entry.Ended;

    internal FutureEntry Entry { get; }

    /// <summary>
    /// Lets the value go: the future cannot be used any more. A call nobody else wants is stopped, unless other calls of this client wait for it.
    /// </summary>
    public void Release() => Dispose();

    /// <inheritdoc cref="Release"/>
    [SuppressMessage("Design", "CA1063", Justification = "There is nothing to dispose in derived types: they only say the type of the value.")]
    public void Dispose()
    {
        LetGo(atOnce: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The key.</summary>
    public override string ToString() => $"{Key} ({Status})";

    internal CallArgument AsArgument()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _released) != 0, this);
        return CallArgument.Reference(Key);
    }

    private void LetGo(bool atOnce)
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            Entry.LetGo(atOnce);
    }
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Future<T> : Future
{
    private Task<T>? _result;

    internal Future(FutureEntry entry)
        : base(entry)
    {
    }

    /// <summary>
    /// The value, once it is there. Fails with <see cref="RemoteException"/> when the function threw, with <see cref="TaskCanceledException"/> when the
    /// call was cancelled, and with another <see cref="Core.BlazeException"/> when the cluster could not do it. The value is fetched once.
    /// </summary>
    public Task<T> ResultAsync() => _result ?? Interlocked.CompareExchange(ref _result, FetchAsync(), null) ?? _result;

    /// <summary>As <see cref="ResultAsync()"/>; the token ends the wait and leaves the call as it is.</summary>
    public Task<T> ResultAsync(CancellationToken cancellationToken) => ResultAsync().WaitAsync(cancellationToken);

    /// <summary>Lets <c>await future</c> give the value.</summary>
    public TaskAwaiter<T> GetAwaiter() => ResultAsync().GetAwaiter();

    private async Task<T> FetchAsync()
    {
        var (value, owner) = await Entry.ValueAsync().ConfigureAwait(false);
        GC.KeepAlive(this);
        var result = Core.Values.ValueFormats.Decode<T>(value, Key)!;
        // What may be a view of the bytes keeps them for as long as it is in use.
        if (typeof(T).IsArray)
            owner?.Dispose();
        return result;
    }
}
