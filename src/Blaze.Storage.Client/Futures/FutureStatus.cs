namespace Blaze.Storage.Client.Futures;

/// <summary>How far the call of a future is, as this client has heard.</summary>
public enum FutureStatus
{
    /// <summary>It waits for its turn or its arguments, or runs.</summary>
    Pending,

    /// <summary>Its value is there.</summary>
    Done,

    /// <summary>It failed, or something it needs did.</summary>
    Failed,

    /// <summary>It was cancelled, or let go before it was done.</summary>
    Cancelled,
}
