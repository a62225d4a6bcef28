namespace Blaze.Storage.Worker.Data;

/// <summary>Memory kept free for a value on its way. Given back when it is disposed of, or taken by the value that is set with it.</summary>
internal sealed class Reservation(DataStore store, long bytes) : IDisposable
{
    private long _bytes = bytes;

    /// <summary>Takes what is reserved; 0 from the second time on.</summary>
    public long Take() => Interlocked.Exchange(ref _bytes, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Take() is > 0 and var rest)
            store.GiveBack(rest);
    }
}
