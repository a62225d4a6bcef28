namespace Blaze.Storage.Adapters.Resilience.Calls;

/// <summary>
/// A bucket of repetitions for all callers of a store. In any time T with A answers at most
/// <c>Budget + A · BudgetPerAnswer + T · BudgetPerSecond</c> repetitions are let through, however many callers fail.
/// </summary>
internal sealed class RetryBudget
{
    private readonly Lock _lock = new();
    private readonly RetryOptions _options;
    private readonly TimeProvider _timeProvider;
    private double _left;
    private long _counted;

    public RetryBudget(RetryOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _left = options.Budget;
        _counted = timeProvider.GetTimestamp();
    }

    /// <summary>Takes a repetition; false where none is left.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = _timeProvider.GetTimestamp();
            GiveBack_NeedsLock(_timeProvider.GetElapsedTime(_counted, now).TotalSeconds * _options.BudgetPerSecond);
            _counted = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }

    /// <summary>Notes that the store answered.</summary>
    public void Answered()
    {
        lock (_lock)
            GiveBack_NeedsLock(_options.BudgetPerAnswer);
    }

    private void GiveBack_NeedsLock(double repetitions) => _left = Math.Min(_options.Budget, _left + repetitions);
}
