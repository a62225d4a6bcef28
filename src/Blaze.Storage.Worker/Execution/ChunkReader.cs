using Blaze.Storage.Compute;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Worker.Execution;

/// <summary>
/// Computes the values of chunks from the bytes of their resources: the worker's hot path. One instance serves one thread; its
/// buffers are reused, so its memory does not depend on the chunk's size.
/// </summary>
internal sealed class ChunkReader(ObjectStoreRegistry stores, int bufferSize)
{
    private const int MostHalo = 64;
    private const int MostKernels = 8;
    private readonly byte[][] _buffers = [[], []];
    private readonly Dictionary<Operation, ChunkKernel> _kernels = [];

    /// <summary>The bytes read from stores so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>
    /// The values of consecutive parts of an extent, of which every one is a block or a ragged piece. Nothing is returned that
    /// was not read from the planned versions alone.
    /// </summary>
    /// <exception cref="ObjectStoreException">A resource cannot be read, or is no longer the version planned.</exception>
    public IReadOnlyList<ChunkValue> Read(Extent extent, IEnumerable<ByteRange> rows, CancellationToken cancellationToken)
    {
        var readers = new List<IRangeReader>(extent.Resources.Count);
        try
        {
            foreach (var resource in extent.Resources)
                readers.Add(Open(resource, cancellationToken));
            var kernel = KernelFor(extent.Operation);
            var values = rows.Select(row => ReadRow(extent.Operation, readers, kernel, row, cancellationToken)).ToList();
            foreach (var reader in readers)
                reader.Verify();
            return values;
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private ChunkValue ReadRow(Operation operation, List<IRangeReader> readers, ChunkKernel kernel, ByteRange row, CancellationToken cancellationToken)
    {
        kernel.Begin(row);
        for (var position = row.Start; position < row.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Buffers end on the grid, so that a kernel never meets a cell in two parts.
            var owned = (int)Math.Min(row.End - position, bufferSize - (position % Grid.FinestSize));
            var first = Fill(0, readers[0], position, owned + operation.Halo);
            var second = readers.Count > 1 ? Fill(1, readers[1], position, owned + operation.Halo) : default;
            kernel.Add(first, second, owned);
            position += owned;
        }

        return kernel.End();
    }

    private ReadOnlySpan<byte> Fill(int input, IRangeReader reader, long position, int wanted)
    {
        if (_buffers[input].Length < wanted)
            _buffers[input] = GC.AllocateUninitializedArray<byte>(bufferSize + MostHalo);
        var length = (int)Math.Clamp(reader.Info.Length - position, 0, wanted);
        if (length == 0)
            return default;
        var read = reader.Read(position, _buffers[input].AsSpan(0, length));
        BytesRead += read;
        if (read < length)
            throw ObjectStoreException.Changed(reader.Info.Uri);
        return _buffers[input].AsSpan(0, read);
    }

    // A slot's thread is its own: waiting on it keeps nobody else from running.
    private IRangeReader Open(ResourceInfo resource, CancellationToken cancellationToken) =>
        stores.For(resource.Uri).OpenAsync(resource.Uri, resource.Version, cancellationToken).GetAwaiter().GetResult();

    private ChunkKernel KernelFor(Operation operation)
    {
        if (_kernels.TryGetValue(operation, out var kernel))
            return kernel;
        // A kernel keeps its tables; questions with ever new parameters must not pile them up.
        if (_kernels.Count == MostKernels)
            _kernels.Clear();
        return _kernels[operation] = Kernels.Create(operation);
    }
}
