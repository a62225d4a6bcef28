namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// The right to compute, which as many tasks have at a time as there are slots. A task that waits for bytes or for an answer gives
/// it to another one meanwhile, so that the next read is under way while the last one is computed.
/// </summary>
/// <param name="slots">The number of slots.</param>
/// <param name="supply">Is told of every task that waits.</param>
/// <param name="lacking">Called when a waiting task leaves the slots short of work; must not block.</param>
internal sealed class SlotGate(int slots, Supply supply, Action lacking) : IDisposable
{
    private readonly SemaphoreSlim _free = new(slots);

    /// <summary>Waits for a slot.</summary>
    public void Enter() => _free.Wait();

    /// <summary>Gives the slot back.</summary>
    public void Leave() => _free.Release();

    /// <summary>Waits for a result on this thread, with the slot given away until it is there.</summary>
    public T Await<T>(Task<T> result)
    {
        if (result.IsCompleted)
            return result.GetAwaiter().GetResult();
        supply.BeginWait();
        Leave();
        try
        {
            if (supply.Lacking > 0)
                lacking();
            return result.GetAwaiter().GetResult();
        }
        finally
        {
            Enter();
            supply.EndWait();
        }
    }

    public void Dispose() => _free.Dispose();
}
