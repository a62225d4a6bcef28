using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>A store that repeats at once and nearly for ever, over one that fails; its clock moves when a call hangs.</summary>
internal static class PatientStore
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly RetryOptions Options = new()
    {
        Attempts = 100,
        BaseDelay = TimeSpan.Zero,
        MaxDelay = TimeSpan.Zero,
        TotalTime = TimeSpan.FromDays(30),
        CompletionTime = TimeSpan.FromSeconds(30),
        SlowestRate = long.MaxValue,
        Budget = int.MaxValue,
    };

    public static RetryingStore Over(IObjectStore inner, FaultPlan plan, int attempts = 100)
    {
        var time = new ManualTime();
        var faulty = new FaultyStore(inner, plan) { OnHang = fault => _ = Task.Run(() => LetTimePassAsync(time, fault)) };
        return new RetryingStore(faulty, Options with { Attempts = attempts }, time);
    }

    private static async Task LetTimePassAsync(ManualTime time, StoreFault fault)
    {
        time.Advance(Options.AttemptTime);
        if (fault != StoreFault.Stuck)
            return;
        await time.TimerAsync(due => due == Grace);
        time.Advance(Grace);
    }
}
