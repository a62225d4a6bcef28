namespace Blaze.Storage.Center;

/// <summary>How a process uses the center. All processes of a cluster should agree on these.</summary>
public sealed record CenterOptions
{
    /// <summary>How often a task may lose its worker before it is failed; 1 or more, default 3.</summary>
    public int MaxLosses { get; init; } = 3;

    /// <summary>How long the record and the feed of an ended job are kept; default 24 hours.</summary>
    public TimeSpan JobRetention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many ended jobs are kept at most; default 100,000. About 64 MiB of their records and feeds are the most, however few they are.</summary>
    public int MaxEndedJobs { get; init; } = 100_000;

    /// <summary>After what silence a worker is no longer listed; default 60 seconds.</summary>
    public TimeSpan WorkerSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a value is kept without being read; default 24 hours.</summary>
    public TimeSpan ValueLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many bytes of values are kept at most; default 256 MiB.</summary>
    public long ValueBudget { get; init; } = 256L << 20;

    /// <summary>How long an answer of the center is waited for; default 10 seconds.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock for waiting; leases and times of records are on the server's own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
