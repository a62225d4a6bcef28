using Blaze.Storage.Core;

namespace Blaze.Storage.Worker.Data;

/// <summary>The settings of a worker's dictionary.</summary>
internal sealed record DataStoreOptions
{
    /// <summary>The most bytes of values in memory. Default: 60 % of what this process may use. At least 1 byte.</summary>
    public long MemoryLimit { get; init; } = MachineMemory.Total() / 10 * 6;

    /// <summary>Where values go that do not fit; each worker makes a folder of its own in it. Null: they stay in memory. Default: null.</summary>
    public string? SpillRoot { get; init; }

    /// <summary>The share of the memory above which values are written to disk and no new tasks should begin; 0 … 1. Default: 0.8.</summary>
    public double PressedShare { get; init; } = 0.8;

    /// <summary>The share of the memory down to which values are written to disk; at most <see cref="PressedShare"/>. Default: 0.7.</summary>
    public double RelievedShare { get; init; } = 0.7;

    /// <summary>The share of the memory that may be kept in idle buffers, beyond the limit; 0 … 1. Default: 0.1.</summary>
    public double IdleShare { get; init; } = 0.1;

    /// <summary>How long after a failed write to the spill folder the next one is tried. Default: 5 s.</summary>
    public TimeSpan SpillPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks every value.</summary>
    /// <exception cref="BlazeException">A value is out of range; the message names it.</exception>
    public DataStoreOptions Validated()
    {
        if (MemoryLimit < 1)
            throw new BlazeException($"The worker cannot start: the memory for values must be at least one byte, not {MemoryLimit}.");
        if (!(RelievedShare >= 0 && RelievedShare <= PressedShare && PressedShare <= 1 && IdleShare is >= 0 and <= 1))
            throw new BlazeException($"The worker cannot start: the shares of its memory must be between 0 and 1 and in order, not {RelievedShare}, {PressedShare} and {IdleShare}.");
        return this;
    }
}
