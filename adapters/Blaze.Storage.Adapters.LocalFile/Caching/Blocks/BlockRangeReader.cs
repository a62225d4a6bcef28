using System.Buffers;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>
/// Reads blocks from the folder and fetches the others, neighbours in one read. What is fetched for a version is kept under that version's name alone: a
/// store either reads conditionally, or never gives a version a second time, so blocks of a resource that changed on the way are
/// never asked for.
/// </summary>
internal sealed class BlockRangeReader(IRangeReader inner, BlockFolder blocks) : IRangeReader
{
    private const int BlockSize = BlockFolder.BlockSize;
    private readonly ResourceHash _hash = inner.Info.Hash;

    public ResourceInfo Info => inner.Info;

    public int ReadSize => Math.Max(1, (inner.ReadSize + BlockSize - 1) / BlockSize) * BlockSize;

    public long RemoteBytes => inner.RemoteBytes;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var target = new Target(new ByteRange(offset, Math.Max(offset, Math.Min(Info.Length, offset + buffer.Length))), buffer);
        if (target.Range.IsEmpty)
            return 0;
        var missing = await Task.Run(() => TakeCached(BlocksOf(target.Range), target, cancellationToken), cancellationToken).ConfigureAwait(false);
        while (missing.Count > 0)
            missing = await FetchOrAwaitAsync(missing, target, cancellationToken).ConfigureAwait(false);
        return (int)target.Range.Length;
    }

    public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

    public void Verify() => inner.Verify();

    public void Dispose() => inner.Dispose();

    private IEnumerable<BlockName> BlocksOf(ByteRange range)
    {
        for (var start = range.Start / BlockSize * BlockSize; start < range.End; start += BlockSize)
            yield return new BlockName(_hash, new ByteRange(start, Math.Min(Info.Length, start + BlockSize)));
    }

    // The blocks that are not in the folder.
    private List<BlockName> TakeCached(IEnumerable<BlockName> names, Target target, CancellationToken cancellationToken)
    {
        var missing = new List<BlockName>();
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryTakeCached(name, target))
                missing.Add(name);
        }

        return missing;
    }

    private bool TryTakeCached(BlockName name, Target target)
    {
        if (target.Range.Contains(name.Range))
            return blocks.TryRead(name, target.Of(name.Range));
        var rented = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var whole = rented.AsMemory(0, (int)name.Range.Length);
            if (!blocks.TryRead(name, whole))
                return false;
            target.Take(name.Range, whole);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // What others are fetching is awaited only after what this reader took on is fetched and given up.
    private async Task<List<BlockName>> FetchOrAwaitAsync(List<BlockName> missing, Target target, CancellationToken cancellationToken)
    {
        if (!blocks.IsKeeping)
        {
            foreach (var run in Runs(missing))
                await FetchAsync(run, target, keep: false, cancellationToken).ConfigureAwait(false);
            return [];
        }

        var own = new List<BlockName>();
        var others = new List<(BlockName Name, Task End)>();
        try
        {
            foreach (var name in missing)
            {
                if (blocks.Claims.TryClaim(name, out var end))
                    own.Add(name);
                else
                    others.Add((name, end));
            }

            // Another one may have fetched it between the look at the folder and the claim.
            own = DropCached(own, target);
            foreach (var run in Runs(own))
                await FetchAsync(run, target, keep: true, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var name in own)
                blocks.Claims.Release(name);
            throw;
        }

        foreach (var (_, end) in others)
            await end.WaitAsync(cancellationToken).ConfigureAwait(false);
        return TakeCached(others.Select(other => other.Name), target, cancellationToken);
    }

    private List<BlockName> DropCached(List<BlockName> claimed, Target target)
    {
        var left = new List<BlockName>(claimed.Count);
        foreach (var name in claimed)
        {
            if (TryTakeCached(name, target))
                blocks.Claims.Release(name);
            else
                left.Add(name);
        }

        return left;
    }

    private async Task FetchAsync(List<BlockName> run, Target target, bool keep, CancellationToken cancellationToken)
    {
        var range = new ByteRange(run[0].Range.Start, run[^1].Range.End);
        var rented = target.Range.Contains(range) ? null : ArrayPool<byte>.Shared.Rent((int)range.Length);
        try
        {
            var content = rented is null ? target.Of(range) : rented.AsMemory(0, (int)range.Length);
            if (await inner.ReadAsync(range.Start, content, cancellationToken).ConfigureAwait(false) != content.Length)
                throw ObjectStoreException.Changed(Info.Uri);
            if (rented is not null)
                target.Take(range, content);
            foreach (var name in keep ? run : [])
                await blocks.KeepAsync(name, content.Slice((int)(name.Range.Start - range.Start), (int)name.Range.Length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static IEnumerable<List<BlockName>> Runs(List<BlockName> names)
    {
        var run = new List<BlockName>();
        foreach (var name in names)
        {
            if (run.Count > 0 && run[^1].Range.End != name.Range.Start)
            {
                yield return run;
                run = [];
            }

            run.Add(name);
        }

        if (run.Count > 0)
            yield return run;
    }

    /// <summary>What the caller asked for, and where it goes.</summary>
    private readonly record struct Target(ByteRange Range, Memory<byte> Buffer)
    {
        /// <summary>The place of a range that is part of what was asked for.</summary>
        public Memory<byte> Of(ByteRange part) => Buffer.Slice((int)(part.Start - Range.Start), (int)part.Length);

        /// <summary>Copies what was asked for out of the content of a range.</summary>
        public void Take(ByteRange range, ReadOnlyMemory<byte> content)
        {
            var shared = Range.Intersect(range);
            content.Slice((int)(shared.Start - range.Start), (int)shared.Length).CopyTo(Of(shared));
        }
    }
}
