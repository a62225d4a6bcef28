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

    /// <summary>Keys of tasks it was added to, a list for each call, to be gone through when it ended.</summary>
    public Queue<List<string>> Owned { get; } = new();

    /// <summary>Those of the call under way.</summary>
    public List<string> NewOwned { get; private set; } = [];

    /// <summary>Whether it is a session.</summary>
    public bool IsSession => Id.StartsWith('@');

    /// <summary>Where its next task starts, of a session.</summary>
    public long Tag { get; set; }

    /// <summary>How many places of its pages are to be gone through for what it has left.</summary>
    public int Debt { get; set; }

    /// <summary>How many tasks it has left in the call under way.</summary>
    public int Left { get; set; }

    /// <summary>A call ends, or begins to remove tasks.</summary>
    public void TurnPage()
    {
        if (NewOwned.Count > 0)
            Owned.Enqueue(NewOwned);
        NewOwned = [];
    }

    public void Count(string name, long by)
    {
        if (by != 0)
            Counters[name] = Counters.GetValueOrDefault(name) + by;
    }
}
