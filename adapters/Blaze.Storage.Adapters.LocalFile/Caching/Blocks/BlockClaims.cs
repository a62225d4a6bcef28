using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>Who in this process is fetching which block, so that nobody else does. Whoever waits for one holds none, so nobody waits in a circle.</summary>
internal sealed class BlockClaims
{
    private readonly ConcurrentDictionary<BlockName, TaskCompletionSource> _claims = new();

    /// <summary>Takes a block on, or tells when whoever did so has ended, well or not.</summary>
    public bool TryClaim(BlockName name, [NotNullWhen(false)] out Task? end)
    {
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = _claims.GetOrAdd(name, own);
        end = holder == own ? null : holder.Task;
        return holder == own;
    }

    /// <summary>Gives a block up; nothing happens where nobody holds it.</summary>
    public void Release(BlockName name)
    {
        if (_claims.TryRemove(name, out var claim))
            claim.SetResult();
    }
}
