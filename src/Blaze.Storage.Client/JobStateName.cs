namespace Blaze.Storage.Client;

/// <summary>The states of jobs as users read and write them; the names are a contract.</summary>
public static class JobStateName
{
    /// <summary>The name of a state.</summary>
    public static string Of(JobState state) => state switch
    {
        JobState.Running => "running",
        JobState.Done => "done",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The state of a name; null for any other text.</summary>
    public static JobState? Find(string name) =>
        Enum.GetValues<JobState>().Select(state => (JobState?)state).FirstOrDefault(state => Of(state!.Value) == name);
}
