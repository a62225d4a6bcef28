using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>How often, how long, and with which pauses a call is repeated.</summary>
public sealed class RepetitionTests
{
    private static readonly RetryOptions Options = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(10), TotalTime = TimeSpan.FromMinutes(10) };

    private static readonly RetryOptions AtOnce = new() { BaseDelay = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_FailingSomeTimes_IsRepeatedWithPausesThatMayDouble()
    {
        using var timed = new TimedStore(Options, Enumerable.Repeat(StoreFault.Refused, 7));
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        await timed.PassPausesAsync(call, Options.MaxDelay);
        Assert.Equal(10, (await call).Length);
        Assert.Equal(8, timed.Calls.Count);
        Assert.Equal(7, timed.Store.Repetitions);
        for (var n = 1; n < 8; n++)
            Assert.InRange((timed.Calls[n].At - timed.Calls[n - 1].At).TotalSeconds, 0, Math.Min(10, Math.Pow(2, n - 1)));
    }

    [Fact]
    public async Task Call_FailingAlways_GivesUpAndSaysHowOftenAndHowLong()
    {
        using var timed = new TimedStore(Options, Enumerable.Repeat(StoreFault.Refused, 100));
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        await timed.PassPausesAsync(call, Options.MaxDelay);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => call);
        Assert.Equal(8, timed.Calls.Count);
        Assert.Equal(
            FormattableString.Invariant($"'memory://bucket/a' failed on purpose (Refused); try again (tried 8 times in {timed.Time.Elapsed.TotalSeconds:0.0} s)."), failure.Message);
        Assert.Equal((ObjectStoreErrorKind.Transient, "memory", TimedStore.A), (failure.Kind, failure.Store, failure.Uri));
        Assert.IsType<ObjectStoreException>(failure.InnerException);
    }

    [Fact]
    public async Task Call_FailingForLong_IsNotRepeatedAfterItsTime()
    {
        var options = Options with { Attempts = 1000, TotalTime = TimeSpan.FromSeconds(30) };
        using var timed = new TimedStore(options, Enumerable.Repeat(StoreFault.Refused, 1000));
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        await timed.PassPausesAsync(call, Options.MaxDelay);
        await Assert.ThrowsAsync<ObjectStoreException>(() => call);
        Assert.InRange(timed.Time.Elapsed.TotalSeconds, 20, 30.001);
    }

    [Fact]
    public async Task Call_FailingForGood_IsNotRepeated()
    {
        using var timed = new TimedStore(Options);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        Assert.Equal(ObjectStoreErrorKind.NotFound, failure.Kind);
        Assert.DoesNotContain("tried", failure.Message, StringComparison.Ordinal);
        Assert.Single(timed.Calls);
    }

    [Fact]
    public async Task Call_ThatHangs_EndsAtItsDeadlineAndIsRepeated()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.Hang);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        timed.Time.Advance(AtOnce.AttemptTime - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        timed.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(10, (await call).Length);
    }

    [Fact]
    public async Task Call_ThatHangsEachTime_SaysThatThereWasNoAnswer()
    {
        using var timed = new TimedStore(AtOnce with { Attempts = 2 }, StoreFault.Hang, StoreFault.Hang);
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        for (var i = 0; i < 2; i++)
            timed.Time.Advance(await timed.Time.TimerAsync(due => due == AtOnce.AttemptTime));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => call);
        Assert.Equal(
            "'memory://bucket/a' got no answer from its store within 30 s; check that the store is up and can be reached (tried twice in 60.0 s).", failure.Message);
    }

    [Fact]
    public async Task Call_ThatIgnoresItsDeadline_IsLeftAlone()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.Stuck);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        var call = timed.Store.StatAsync(TimedStore.A, Token);
        timed.Time.Advance(AtOnce.AttemptTime);
        timed.Time.Advance(await timed.Time.TimerAsync(due => due == TimeSpan.FromSeconds(2)));
        Assert.Equal(10, (await call).Length);
        Assert.Equal(1, timed.Faulty.Hanging);
    }

    [Theory]
    [InlineData(StoreFault.Hang)]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.Throttled)]
    public async Task Call_Cancelled_EndsAtOnce(StoreFault fault)
    {
        using var timed = new TimedStore(Options, fault, fault);
        using var cancel = new CancellationTokenSource();
        var call = timed.Store.StatAsync(TimedStore.A, cancel.Token);
        Assert.False(call.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(TimeSpan.Zero, timed.Time.Elapsed);
        Assert.Equal(0, timed.Faulty.Hanging);
    }

    [Fact]
    public async Task Read_ThatGivesLessThanThereIs_IsRepeated()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.CutShort, StoreFault.AnswerLost);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(1000), Token);
        using var reader = await timed.Store.OpenAsync(TimedStore.A, null, Token);
        var buffer = new byte[600];
        Assert.Equal(500, await reader.ReadAsync(500, buffer, Token));
        Assert.Equal(TimedStore.Content(1000)[500..], buffer[..500]);
        Assert.Equal(2, timed.Store.Repetitions);
    }

    // Whoever was lent memory may still write into it, so the call must not return it to its owner.
    [Fact]
    public async Task Read_AtItsDeadline_WaitsUntilTheStoreHasLetGo()
    {
        var time = new ManualTime();
        using var inner = new LentMemoryStore();
        using var store = new RetryingStore(inner, AtOnce with { Attempts = 1 }, time);
        using var reader = await store.OpenAsync(TimedStore.A, null, Token);
        var call = reader.ReadAsync(0, new byte[10], Token).AsTask();
        time.Advance(TimeSpan.FromMinutes(5));
        await inner.Told.WaitAsync(Token);
        Assert.False(call.IsCompleted);
        inner.LetGo();
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => call);
        Assert.Equal(ObjectStoreErrorKind.Transient, failure.Kind);
    }

    [Fact]
    public async Task Budget_ThatIsUsedUp_LetsCallsFailAtOnce()
    {
        using var timed = new TimedStore(AtOnce with { Budget = 10, BudgetPerSecond = 0.5 }, Enumerable.Repeat(StoreFault.Refused, 1000));
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        Assert.Equal(20 + 10, timed.Calls.Count);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        Assert.Contains("(tried once in 0.0 s, and not again because too many calls to this store fail)", failure.Message, StringComparison.Ordinal);
        timed.Time.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.StatAsync(TimedStore.A, Token));
        Assert.Equal(12, timed.Store.Repetitions);
    }

    [Fact]
    public async Task Budget_OfAStoreThatAnswers_Grows()
    {
        using var timed = new TimedStore(
            AtOnce with { Budget = 1, BudgetPerSecond = 0, BudgetPerAnswer = 0.25 },
            [StoreFault.Refused, .. Enumerable.Repeat(StoreFault.None, 4), StoreFault.Refused]);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        for (var i = 0; i < 5; i++)
            await timed.Store.StatAsync(TimedStore.A, Token);
        Assert.Equal(2, timed.Store.Repetitions);
    }

    [Theory]
    [InlineData("Attempts")]
    [InlineData("BaseDelay")]
    [InlineData("MaxDelay")]
    [InlineData("TotalTime")]
    [InlineData("AttemptTime")]
    [InlineData("CompletionTime")]
    [InlineData("SlowestRate")]
    [InlineData("Budget")]
    [InlineData("BudgetPerAnswer")]
    [InlineData("BudgetPerSecond")]
    public void Options_WithABadValue_SayWhich(string name)
    {
        var bad = TimeSpan.FromSeconds(-1);
        var options = name switch
        {
            "Attempts" => new RetryOptions { Attempts = 0 },
            "BaseDelay" => new RetryOptions { BaseDelay = bad },
            "MaxDelay" => new RetryOptions { MaxDelay = TimeSpan.Zero },
            "TotalTime" => new RetryOptions { TotalTime = bad },
            "AttemptTime" => new RetryOptions { AttemptTime = TimeSpan.Zero },
            "CompletionTime" => new RetryOptions { CompletionTime = TimeSpan.FromDays(2) },
            "SlowestRate" => new RetryOptions { SlowestRate = 0 },
            "Budget" => new RetryOptions { Budget = -1 },
            "BudgetPerAnswer" => new RetryOptions { BudgetPerAnswer = 1.5 },
            _ => new RetryOptions { BudgetPerSecond = double.NaN },
        };
        var problem = Assert.Throws<BlazeException>(options.Validated);
        Assert.StartsWith("Calls to a store cannot be repeated like that: ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
        Assert.Same(Options, Options.Validated());
    }
}
