using Blaze.Storage.Client.Futures;

namespace Blaze.Storage.Client;

/// <summary>How far some calls are, as far as this client has heard.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Done">How many have a value.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Cancelled">How many were cancelled.</param>
public readonly record struct CallProgress(int Total, int Done, int Failed, int Cancelled)
{
    /// <summary>How many have not ended.</summary>
    public int Pending => Total - Done - Failed - Cancelled;

    internal static CallProgress Of(IReadOnlyList<Future> futures)
    {
        var counts = new int[4];
        foreach (var future in futures)
            counts[(int)future.Status]++;
        return new CallProgress(futures.Count, counts[(int)FutureStatus.Done], counts[(int)FutureStatus.Failed], counts[(int)FutureStatus.Cancelled]);
    }
}
