namespace Blaze.Storage.Worker.Slots;

/// <summary>Counts functions that go on though their calls are over: each takes a thread, a share of a processor, or memory that nobody gets back.</summary>
/// <param name="most">With how many the worker is no good any more.</param>
/// <param name="tooMany">Called when there are so many; must not block.</param>
internal sealed class StuckCalls(int most, Action tooMany)
{
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One more.</summary>
    public void Add()
    {
        if (Interlocked.Increment(ref _count) >= most)
            tooMany();
    }

    /// <summary>One has ended after all.</summary>
    public void Remove() => Interlocked.Decrement(ref _count);
}
