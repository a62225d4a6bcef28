using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Core.Decomposition;

/// <summary>
/// Chooses how large a job's tasks are. Only the tasks depend on it; the grid, and with it every name and every value, does not.
/// </summary>
public static class TaskLevel
{
    private const int FewestTasks = 64;

    // A request costs as much time as a megabyte or two, so what lies elsewhere is read in fewer and larger pieces.
    private const int FewestRemoteTasks = 16;
    private const int FinestRemoteLevel = 1;
    private const int TasksPerSlot = 4;

    // From this level on a task takes long enough that losing one hurts; it must buy a much shorter task list.
    private const int LongLevel = 3;
    private const int FewestLongTasks = 1024;

    // 4 GiB: a second's work from memory, minutes from a slow store. A larger job has more tasks, not longer ones.
    private const int LargestLevel = 4;

    /// <summary>The level of the blocks that one task computes.</summary>
    /// <param name="totalBytes">The bytes of the whole job.</param>
    /// <param name="slots">How many tasks the cluster runs at once.</param>
    /// <param name="operation">Sets the finest level that is worth a block.</param>
    /// <param name="isRemote">Whether each read is a request to a store.</param>
    /// <returns>
    /// The largest level that still gives at least 64 tasks (16 of what is remote, 1,024 from blocks of 256 MiB on) and four for every slot,
    /// and no larger than 4 GiB; where none does, the operation's finest level, and 1 MiB at least for what is remote.
    /// </returns>
    public static int For(long totalBytes, int slots, Operation operation, bool isRemote)
    {
        var chosen = isRemote ? Math.Max(FinestRemoteLevel, operation.FinestLevel) : operation.FinestLevel;
        for (var level = chosen + 1; level <= LargestLevel; level++)
        {
            var fewest = Math.Max(level >= LongLevel ? FewestLongTasks : isRemote ? FewestRemoteTasks : FewestTasks, (long)slots * TasksPerSlot);
            if (totalBytes / Grid.SizeOf(level) < fewest)
                break;
            chosen = level;
        }

        return chosen;
    }
}
