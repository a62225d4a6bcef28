using Blaze.Storage.Core;

namespace Blaze.Storage.Adapters.Resilience;

/// <summary>How long and how often a call to a store is repeated.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a call is tried at most, the first time included; 1 … 1,000. Default: 8.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>
    /// The pause before the n-th repetition is random between nothing and this · 2^(n-1), so that callers who failed together
    /// do not come back together. Default: 100 ms; zero repeats at once.
    /// </summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause, of one call and of a store that asks for fewer requests without saying how long. Default: 10 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its start a call is still repeated. Default: 60 s.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long one attempt may take, besides what the bytes it moves allow for. Default: 30 s, so that a call that hangs once
    /// is still repeated in time.
    /// </summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for what a store may do for long without a sign of life: joining parts, copying. Default: 10 min.</summary>
    public TimeSpan CompletionTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes per second; an attempt that moves n bytes may take n divided by this longer. Default: 256 KiB/s.</summary>
    public long SlowestRate { get; init; } = 256 * 1024;

    /// <summary>
    /// How many repetitions all callers of the store together have in hand. Each takes one; once there is none left, a call that
    /// fails is not repeated. Default: 500.
    /// </summary>
    public int Budget { get; init; } = 500;

    /// <summary>How much of a repetition each answer of the store gives back; 0 … 1. Default: 0.2.</summary>
    public double BudgetPerAnswer { get; init; } = 0.2;

    /// <summary>How many repetitions each second gives back. Default: 1.</summary>
    public double BudgetPerSecond { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="BlazeException">A value is out of range; the message names it.</exception>
    public RetryOptions Validated()
    {
        Require(Attempts is >= 1 and <= 1000, $"a call must be tried between 1 and 1000 times, not {Attempts}");
        Require(BaseDelay >= TimeSpan.Zero, $"the first pause cannot be negative, but is {BaseDelay}");
        Require(MaxDelay >= BaseDelay && MaxDelay <= TimeSpan.FromHours(1), $"the longest pause must be between the first one ({BaseDelay}) and an hour, not {MaxDelay}");
        Require(TotalTime >= TimeSpan.Zero && TotalTime <= TimeSpan.FromDays(30), $"the time to repeat a call in must be between nothing and 30 days, not {TotalTime}");
        Require(IsDeadline(AttemptTime), $"the time of an attempt must be longer than nothing and at most a day, not {AttemptTime}");
        Require(IsDeadline(CompletionTime), $"the time of a completion must be longer than nothing and at most a day, not {CompletionTime}");
        Require(SlowestRate >= 1, $"the slowest rate must be at least one byte a second, not {SlowestRate}");
        Require(Budget >= 0, $"the budget of repetitions cannot be negative, but is {Budget}");
        Require(BudgetPerAnswer is >= 0 and <= 1, $"what an answer gives back to the budget must be between 0 and 1, not {BudgetPerAnswer}");
        Require(BudgetPerSecond is >= 0 and <= 1_000_000, $"what a second gives back to the budget must be between 0 and 1000000, not {BudgetPerSecond}");
        return this;
    }

    private static bool IsDeadline(TimeSpan time) => time > TimeSpan.Zero && time <= TimeSpan.FromDays(1);

    private static void Require(bool valid, string problem)
    {
        if (!valid)
            throw new BlazeException($"Calls to a store cannot be repeated like that: {problem}.");
    }
}
