using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Tests.Slots;

public sealed class SupplyTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Lacking_Nothing_IsTheSlotsAndSomeAhead()
    {
        Assert.InRange(new Supply(4, 4, _clock).Lacking, 5, 4 + 64);
    }

    [Fact]
    public void Lacking_LongTasks_KeepsOneAheadForOthersToTake()
    {
        var sut = new Supply(2, 2, _clock);
        Run(sut, TimeSpan.FromSeconds(2), 40);

        Assert.Equal(3, sut.Lacking);
    }

    [Fact]
    public void Lacking_ShortTasks_KeepsManyAheadButNotAll()
    {
        var sut = new Supply(2, 2, _clock);
        Run(sut, TimeSpan.FromMicroseconds(10), 100);

        Assert.Equal(2 + 256, sut.Lacking);
    }

    [Fact]
    public void IsAmple_HalfOfWhatShouldWaitDoes_IsTrueUntilItStarts()
    {
        var sut = new Supply(1, 1, _clock);
        Run(sut, TimeSpan.FromSeconds(2), 40);
        Assert.False(sut.IsAmple);
        sut.Queue();
        Assert.True(sut.IsAmple);

        sut.Start();

        Assert.False(sut.IsAmple);
        Assert.Equal(1, sut.Running);
        Assert.Equal(1, sut.Lacking);
    }

    [Fact]
    public void Lacking_TaskWaiting_AsksForAnotherUntilEveryLaneHasOne()
    {
        var sut = new Supply(1, 2, _clock);
        Run(sut, TimeSpan.FromSeconds(2), 40);
        sut.Queue();
        sut.Start();
        Assert.Equal(1, sut.Lacking);

        sut.BeginWait();
        Assert.Equal(2, sut.Lacking);
        sut.Queue();
        sut.Start();
        sut.BeginWait();
        Assert.Equal(1, sut.Lacking);

        sut.EndWait();
        Assert.Equal(1, sut.Lacking);
    }

    private void Run(Supply supply, TimeSpan duration, int times)
    {
        for (var i = 0; i < times; i++)
        {
            supply.Queue();
            var started = supply.Start();
            _clock.Advance(duration);
            supply.End(started);
        }
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
