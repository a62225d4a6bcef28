using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Core.Calls;

/// <summary>What a worker has to know about a call besides what it computes; it is no part of the key.</summary>
/// <param name="TimeLimit">How long an attempt may take, whole milliseconds; null for no limit.</param>
/// <param name="Retries">Whether a call that fails is tried again; null for not.</param>
public sealed record CallPolicy(TimeSpan? TimeLimit = null, RetryPolicy? Retries = null)
{
    /// <summary>No limit, no retries.</summary>
    public static CallPolicy Default { get; } = new();

    /// <summary>How much of which resource of its worker it takes while it runs.</summary>
    public ResourceAmounts Resources { get; init; } = ResourceAmounts.None;
}

/// <summary>When a call that threw is tried again. Lost workers are another matter: what they held is always done again.</summary>
/// <param name="Max">How often at most, 1 … 1,000.</param>
/// <param name="Delay">How long to wait before the first time, whole milliseconds.</param>
/// <param name="Factor">By what the wait grows from one time to the next, 1 … 10.</param>
public sealed record RetryPolicy(int Max, TimeSpan Delay, double Factor = 2)
{
    // The longest wait; growing any further helps nobody.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>The wait before a retry, at most ten minutes.</summary>
    /// <param name="before">How many there were before.</param>
    public TimeSpan DelayBefore(int before)
    {
        var milliseconds = Delay.TotalMilliseconds * Math.Pow(Factor, before);
        return milliseconds < MaxDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : MaxDelay;
    }
}
