using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Core.Values;
using System.Text.Json;

namespace Blaze.Storage.Client.Futures;

/// <summary>Reads what the center says of a call.</summary>
internal static class FinishedCall
{
    /// <summary>The value, where it lies in the center.</summary>
    public static Value? ValueOf(TaskResult result) =>
        result is { State: TaskState.Done, Inline: { } bytes } ? new Value(result.Format ?? ValueFormat.Json, bytes) : null;

    /// <summary>Why a call failed: what its function threw, or what the cluster says.</summary>
    public static RemoteException ProblemOf(string key, string? error)
    {
        if (error is null)
            return new RemoteException(new RemoteError("", "The center no longer knows why it failed; submit it again.", null), key);
        var (task, worker) = Origin(error);
        return new RemoteException(RemoteError.Parse(error), task ?? key, worker);
    }

    private static (string? Task, string? Worker) Origin(string error)
    {
        try
        {
            var job = JsonSerializer.Deserialize(error, JobJson.Default.JobError);
            return (job?.Task, job?.Worker);
        }
        catch (JsonException)
        {
            // A worker in another language may have written something else; it is shown as it is.
            return (null, null);
        }
    }
}
