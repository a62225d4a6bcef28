namespace Blaze.Storage.Adapters.LocalFile.Native;

/// <summary>The system's clock as the file system uses it, in nanoseconds since 1970.</summary>
internal static unsafe class FileClock
{
    /// <summary>The exact time.</summary>
    public static Int128 Now => Read(LibC.ClockRealTime);

    /// <summary>
    /// The time of the last tick, which a write is stamped with: all writes of one tick (1 to 10 ms) get the same time.
    /// </summary>
    public static Int128 LastTick => Read(LibC.ClockRealTimeCoarse);

    public static LibC.TimeSpec ToTimeSpec(Int128 nanoseconds) => new()
    {
        Seconds = (long)(nanoseconds / 1_000_000_000),
        Nanoseconds = (long)(nanoseconds % 1_000_000_000),
    };

    private static Int128 Read(int clock)
    {
        LibC.TimeSpec time;
        return LibC.GetTime(clock, &time) == 0
            ? ((Int128)time.Seconds * 1_000_000_000) + time.Nanoseconds
            : throw new InvalidOperationException("The system has no clock.");
    }
}
