using Blaze.Storage.Worker.Functions;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Calls;

/// <summary>
/// What a call uses: its function and the values it takes. They stay for as long as the function runs, also where nobody waits for it any more: it
/// may still look at the memory of its arguments.
/// </summary>
internal sealed class CallUses(StuckCalls stuck, TimeProvider time) : IDisposable
{
    private Task? _running;

    public LoadedFunction? Function { get; set; }

    public CallValues? Values { get; set; }

    /// <summary>The function goes on until this task ends.</summary>
    public void KeepUntil(Task running) => _running = running;

    public void Dispose()
    {
        if (_running is { IsCompleted: false } running)
            _ = FollowAsync(running);
        else
            LetGo();
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
    }

    private void LetGo()
    {
        Values?.Dispose();
        Function?.Dispose();
    }
}
