using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>A store that asks for fewer requests is left alone by all its callers.</summary>
public sealed class ThrottledCallsTests
{
    private static readonly RetryOptions Options = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(10) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_AfterAThrottledOne_WaitWithIt()
    {
        using var timed = new TimedStore(Options, StoreFault.Throttled);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        await timed.Memory.PutAsync(TimedStore.Elsewhere, TimedStore.Content(10), Token);
        var throttled = timed.Store.StatAsync(TimedStore.A, Token);
        var pause = await timed.Time.TimerAsync(due => due <= Options.MaxDelay);
        var next = timed.Store.StatAsync(TimedStore.A, Token);
        Assert.Equal(10, (await timed.Store.StatAsync(TimedStore.Elsewhere, Token)).Length);
        Assert.False(next.IsCompleted);
        Assert.Equal(2, timed.Calls.Count);
        timed.Time.Advance(pause);
        await Task.WhenAll(throttled, next).WaitAsync(Token);
        Assert.All(timed.Calls.Skip(2), call => Assert.Equal(pause, call.At));
    }

    [Fact]
    public async Task Call_ThrottledForLongerThanItsTime_GivesUpAtOnce()
    {
        using var timed = new TimedStore(Options);
        timed.Memory.Fault = (_, uri) => throw new ObjectStoreException(ObjectStoreErrorKind.Transient, $"'{uri.Display}' is busy.", "memory", uri)
        {
            IsThrottled = true,
            RetryAfter = TimeSpan.FromHours(1),
        };
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        Assert.Equal("'memory://bucket/a' is busy (tried once in 0.0 s).", failure.Message);
        Assert.True(failure.IsThrottled);
        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
    }

    [Fact]
    public async Task Call_WhileTheStoreIsLeftAloneForLong_GivesUpWithItsTime()
    {
        using var timed = new TimedStore(Options);
        timed.Memory.Fault = (_, uri) => throw new ObjectStoreException(ObjectStoreErrorKind.Transient, $"'{uri.Display}' is busy.", "memory", uri)
        {
            IsThrottled = true,
            RetryAfter = TimeSpan.FromHours(1),
        };
        await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        timed.Time.Advance(Options.TotalTime);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => call);
        Assert.Contains("wants fewer requests", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(not tried in 60.0 s)", failure.Message, StringComparison.Ordinal);
        Assert.Single(timed.Calls);
    }
}
