using Blaze.Storage.Center.Jobs;

namespace Blaze.Storage.Center.Tests.Model;

/// <summary>A job of the model.</summary>
internal sealed class ModelJob(string id, int priority, string root)
{
    public string Id { get; } = id;

    public int Priority { get; } = priority;

    public string Root { get; } = root;

    public JobState State { get; set; } = JobState.Running;

    public string? Result { get; set; }

    public string? FailedWith { get; set; }

    public string? Detail { get; set; }

    public Dictionary<string, long> Counters { get; } = [];

    public List<string> Feed { get; } = [];

    /// <summary>Keys of tasks it was added to, to be gone through when it ended.</summary>
    public Queue<string> Owned { get; } = new();

    public void Count(string name, long by)
    {
        if (by != 0)
            Counters[name] = Counters.GetValueOrDefault(name) + by;
    }
}
