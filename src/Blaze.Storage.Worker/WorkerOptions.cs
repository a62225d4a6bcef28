using Blaze.Storage.Core;

namespace Blaze.Storage.Worker;

/// <summary>A worker's settings.</summary>
public sealed record WorkerOptions
{
    /// <summary>How many tasks run at once, each on a thread of its own; 1 … 1,024. Default: the number of processors.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>How long the center waits for a sign of life before others get this worker's tasks. Default: 10 s; at least 1 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an idle worker waits for an announcement before it asks by itself, on average. Default: 500 ms.</summary>
    public TimeSpan IdlePoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stopping worker lets running tasks finish before it gives them back. Default: 10 s.</summary>
    public TimeSpan DrainPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The size of a read from a store, in bytes; a multiple of 64 KiB. Default: 256 KiB, so that what was read, even from two
    /// resources side by side, still lies in a core's own cache when the kernel goes over it.
    /// </summary>
    public int BufferSize { get; init; } = 256 << 10;

    /// <summary>Values up to this many bytes are kept in the center, larger ones in the durable cache alone. Default: 64 KiB.</summary>
    public int InlineLimit { get; init; } = 64 * 1024;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks every value.</summary>
    /// <exception cref="BlazeException">A value is out of range; the message names it.</exception>
    public WorkerOptions Validated()
    {
        Require(Slots is >= 1 and <= 1024, $"the number of slots must be between 1 and 1024, not {Slots}");
        Require(Lease >= TimeSpan.FromSeconds(1), $"the lease must be at least one second, not {Lease}");
        Require(IdlePoll > TimeSpan.Zero, $"the idle poll must be longer than nothing, not {IdlePoll}");
        Require(DrainPeriod >= TimeSpan.Zero, $"the drain period cannot be negative, but is {DrainPeriod}");
        Require(BufferSize >= 64 * 1024 && BufferSize % (64 * 1024) == 0, $"the buffer size must be a multiple of 65536, not {BufferSize}");
        Require(InlineLimit >= 0, $"the inline limit cannot be negative, but is {InlineLimit}");
        return this;
    }

    private static void Require(bool valid, string problem)
    {
        if (!valid)
            throw new BlazeException($"The worker cannot start: {problem}.");
    }
}
