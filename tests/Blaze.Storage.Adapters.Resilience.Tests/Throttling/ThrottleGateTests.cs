using Blaze.Storage.Adapters.Resilience.Throttling;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Adapters.Resilience.Tests.Throttling;

public sealed class ThrottleGateTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private static readonly RetryOptions Options = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(10) };
    private readonly ManualTime _time = new();
    private readonly ThrottleGate _gate;

    public ThrottleGateTests() => _gate = new ThrottleGate(Options, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gate_NobodyComplainsAbout_LetsEverybodyIn()
    {
        for (var i = 0; i < 10_000; i++)
            Assert.NotNull(await _gate.EnterAsync(TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Gate_Throttled_IsClosedForAsLongAsTheStoreSays()
    {
        _gate.Throttled(await EnterAsync(), TimeSpan.FromSeconds(25));
        var waiting = EnterAsync();
        _time.Advance(TimeSpan.FromSeconds(24.999));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        await waiting.WaitAsync(Token);
    }

    [Fact]
    public async Task Gate_ThrottledOverAndOver_ClosesForLongerAndLonger()
    {
        var pauses = new List<double>();
        for (var n = 0; n < 8; n++)
        {
            _gate.Throttled(await EnterAsync().WaitAsync(Token), null);
            var pause = await _time.TimerAsync(due => due < Patience);
            pauses.Add(pause.TotalSeconds);
            _time.Advance(pause);
        }

        for (var n = 0; n < pauses.Count; n++)
            Assert.InRange(pauses[n], 0.5 * Math.Min(10, Math.Pow(2, n + 1)), Math.Min(10, Math.Pow(2, n + 1)) + 0.001);
    }

    [Fact]
    public async Task Gate_ThrottledByManyAtOnce_ClosesOnceAndOpensForHalf()
    {
        var passes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => EnterAsync()));
        foreach (var pass in passes)
            _gate.Throttled(pass, null);
        Assert.Equal(8, _gate.Window);
        var waiting = Enumerable.Range(0, 16).Select(_ => EnterAsync()).ToList();
        Assert.DoesNotContain(waiting, waiter => waiter.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(waiting.Take(8)).WaitAsync(Token);
        Assert.DoesNotContain(waiting.Skip(8), waiter => waiter.IsCompleted);
    }

    [Fact]
    public async Task Gate_WithAnswers_OpensWiderByOnePerRound()
    {
        _gate.Throttled(await EnterAsync(), TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _gate.Window);
        for (var round = 1; round < 20; round++)
        {
            var before = _gate.Window;
            foreach (var pass in await Task.WhenAll(Enumerable.Range(0, (int)before).Select(_ => EnterAsync())).WaitAsync(Token))
                _gate.Leave(pass, answered: true);
            Assert.InRange(_gate.Window - before, 0.5, 1);
        }
    }

    [Fact]
    public async Task Waiter_OutOfPatience_IsSentAway()
    {
        _gate.Throttled(await EnterAsync(), TimeSpan.FromMinutes(5));
        var waiting = _gate.EnterAsync(TimeSpan.FromSeconds(10), Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await waiting.WaitAsync(Token));
        Assert.Null(await _gate.EnterAsync(TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Waiter_Cancelled_LeavesItsPlaceToTheNext()
    {
        var first = await EnterAsync();
        _gate.Throttled(first, TimeSpan.FromSeconds(1));
        using var cancel = new CancellationTokenSource();
        var cancelled = _gate.EnterAsync(Patience, cancel.Token).AsTask();
        var next = EnterAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _time.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(Token);
    }

    // Whatever happens, the window is never exceeded, and everybody who waits comes through in the end.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Gate_InAnyOrderOfEvents_KeepsItsWindowAndServesEverybody(int seed)
    {
        var random = new Random(seed);
        var inside = new List<ThrottleGate.Pass>();
        var waiting = new List<Task<ThrottleGate.Pass>>();
        for (var step = 0; step < 3000; step++)
        {
            var choice = random.Next(10);
            if (choice < 5)
                waiting.Add(EnterAsync());
            else if (choice < 6 && inside.Count > 0)
                _gate.Throttled(Take(inside, random), random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(5)));
            else if (choice < 9 && inside.Count > 0)
                _gate.Leave(Take(inside, random), answered: random.Next(4) > 0);
            else
                _time.Advance(TimeSpan.FromMilliseconds(random.Next(3000)));
            if (await AdmitAsync(waiting, inside))
                Assert.True(inside.Count <= _gate.Window, $"{inside.Count} are inside a window of {_gate.Window}.");
        }

        while (waiting.Count > 0)
        {
            inside.ForEach(pass => _gate.Leave(pass, answered: true));
            inside.Clear();
            _time.Advance(TimeSpan.FromSeconds(10));
            await AdmitAsync(waiting, inside);
        }
    }

    public void Dispose() => _gate.Dispose();

    private static ThrottleGate.Pass Take(List<ThrottleGate.Pass> passes, Random random)
    {
        var index = random.Next(passes.Count);
        var pass = passes[index];
        passes.RemoveAt(index);
        return pass;
    }

    private async Task<ThrottleGate.Pass> EnterAsync() => Assert.IsType<ThrottleGate.Pass>(await _gate.EnterAsync(Patience, Token));

    // Who is let in hears of it on another thread; the gate itself has counted already.
    private async Task<bool> AdmitAsync(List<Task<ThrottleGate.Pass>> waiting, List<ThrottleGate.Pass> inside)
    {
        var before = inside.Count;
        while (inside.Count < _gate.UnderWay)
        {
            var admitted = await Task.WhenAny(waiting).WaitAsync(Token);
            waiting.Remove(admitted);
            inside.Add(await admitted);
        }

        return inside.Count > before;
    }
}
