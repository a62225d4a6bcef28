using Blaze.Storage.Worker.Functions;
using Blaze.Storage.Worker.Resources;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Calls;

/// <summary>
/// What a call uses: its function, the values it takes, and resources. They stay for as long as the function runs, also where nobody waits for it any more: it
/// may still look at the memory of its arguments.
/// </summary>
internal sealed class CallUses(StuckCalls stuck, TimeProvider time) : IDisposable
{
    private Task? _running;

    public LoadedFunction? Function { get; set; }

    public CallValues? Values { get; set; }

    /// <summary>What its task holds; null for nothing.</summary>
    public ResourceHold? Resources { get; init; }

    /// <summary>The function goes on until this task ends.</summary>
    public void KeepUntil(Task running) => _running = running;

    public void Dispose()
    {
        if (_running is not { IsCompleted: false } running)
        {
            LetGo();
            return;
        }

        Resources?.Retain();
        _ = FollowAsync(running);
    }

    private async Task FollowAsync(Task running)
    {
        await running.WaitAsync(Lane.Grace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompleted)
        {
            stuck.Add();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stuck.Remove();
        }

        LetGo();
        Resources?.Release();
    }

    private void LetGo()
    {
        Values?.Dispose();
        Function?.Dispose();
    }
}
