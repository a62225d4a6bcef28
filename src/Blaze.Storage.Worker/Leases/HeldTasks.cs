using System.Collections.Concurrent;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Leases;

/// <summary>The tasks this worker holds leases on, from the claim until the center has taken the outcome.</summary>
internal sealed class HeldTasks
{
    private readonly ConcurrentDictionary<string, HeldTask> _tasks = new(StringComparer.Ordinal);

    public int Count => _tasks.Count;

    public IReadOnlyList<HeldTask> Snapshot() => [.. _tasks.Values];

    /// <summary>Holds a task; false where this attempt at it, or a later one, is held already. An older attempt, whose lease must have run out, is stopped.</summary>
    public bool Add(HeldTask task)
    {
        while (!_tasks.TryAdd(task.Task.Key, task))
        {
            if (!_tasks.TryGetValue(task.Task.Key, out var older))
                continue;
            if (older.Task.Attempt >= task.Task.Attempt)
                return false;
            if (!_tasks.TryUpdate(task.Task.Key, task, older))
                continue;
            older.Stop();
            break;
        }

        return true;
    }

    /// <summary>Lets go of a task, if it is still this attempt that is held.</summary>
    public void Remove(HeldTask task) => _tasks.TryRemove(new KeyValuePair<string, HeldTask>(task.Task.Key, task));

    public bool Contains(string key) => _tasks.ContainsKey(key);

    public void StopAll()
    {
        foreach (var task in _tasks.Values)
            task.Stop();
    }
}
