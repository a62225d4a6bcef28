namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class StopSignalsTests
{
    private readonly SettableTime _time = new();
    private int _ends;

    [Fact]
    public void Receive_Once_CancelsAndDoesNotEnd()
    {
        using var stop = Create();
        stop.Receive();
        Assert.True(stop.Token.IsCancellationRequested);
        Assert.Equal(0, _ends);
    }

    [Fact]
    public void Receive_TheSameWishTwice_DoesNotEnd()
    {
        using var stop = Create();
        stop.Receive();
        _time.Now = TimeSpan.FromMilliseconds(900);
        stop.Receive();
        Assert.Equal(0, _ends);
    }

    [Fact]
    public void Receive_AgainLater_Ends()
    {
        using var stop = Create();
        stop.Receive();
        stop.Receive();
        _time.Now = TimeSpan.FromSeconds(1);
        stop.Receive();
        Assert.Equal(1, _ends);
    }

    private StopSignals Create() => new(_time, () => _ends++);

    private sealed class SettableTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
