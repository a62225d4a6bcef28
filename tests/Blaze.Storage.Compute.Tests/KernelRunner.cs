using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Compute.Tests;

/// <summary>Feeds ranges of resources in memory to a kernel, as a worker does.</summary>
internal static class KernelRunner
{
    public static ChunkValue Run(ChunkKernel kernel, Operation operation, byte[] resource, ByteRange row, long buffer = 1 << 20) =>
        Run(kernel, operation, resource, [], row, buffer);

    /// <summary>Buffers end at multiples of <paramref name="buffer"/>, itself a multiple of 64 KiB.</summary>
    public static ChunkValue Run(ChunkKernel kernel, Operation operation, byte[] first, byte[] second, ByteRange row, long buffer)
    {
        kernel.Begin(row);
        for (var start = row.Start; start < row.End;)
        {
            var end = Math.Min(((start / buffer) + 1) * buffer, row.End);
            kernel.Add(Slice(first, start, end + operation.Halo), Slice(second, start, end + operation.Halo), (int)(end - start));
            start = end;
        }

        return kernel.End();
    }

    /// <summary>The value of any range: the pieces of its cover, computed apart, their values stored and read again, and merged.</summary>
    public static ChunkValue RunCover(ChunkKernel kernel, Operation operation, byte[] first, byte[] second, ByteRange range, long buffer) =>
        operation.Merge([.. Grid.Cover(range, operation.FinestLevel).Select(piece =>
            operation.Decode(operation.Encode([Run(kernel, operation, first, second, piece.Range, buffer)])).Single())]);

    private static ReadOnlySpan<byte> Slice(byte[] resource, long start, long end)
    {
        var from = (int)Math.Min(start, resource.Length);
        return resource.AsSpan(from, (int)Math.Min(end, resource.Length) - from);
    }
}
