using Blaze.Storage.Compute;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Execution;

/// <summary>
/// Computes the values of chunks from the bytes of their resources: the worker's hot path. One instance serves one thread; its
/// buffers are reused, so its memory does not depend on the chunk's size: one read of the store's size for each input.
/// </summary>
internal sealed class ChunkReader(ObjectStoreRegistry stores, SlotGate gate)
{
    private const int MostKernels = 8;
    private readonly ReadBuffer[] _buffers = [new(), new()];
    private readonly Dictionary<Operation, ChunkKernel> _kernels = [];

    /// <summary>The bytes read from stores so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many of them came from other hosts.</summary>
    public long BytesRemote { get; private set; }

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
                readers.Add(gate.Await(stores.For(resource.Uri).OpenAsync(resource.Uri, resource.Version, cancellationToken)));
            var kernel = KernelFor(extent.Operation);
            for (var input = 0; input < readers.Count; input++)
                _buffers[input].Begin(readers[input], extent.Range.End + extent.Operation.Halo);
            var values = rows.Select(row => ReadRow(extent.Operation, readers, kernel, row, cancellationToken)).ToList();
            foreach (var reader in readers)
                Verify(reader, cancellationToken);
            return values;
        }
        finally
        {
            foreach (var reader in readers)
            {
                BytesRemote += reader.RemoteBytes;
                reader.Dispose();
            }
        }
    }

    private ChunkValue ReadRow(Operation operation, List<IRangeReader> readers, ChunkKernel kernel, ByteRange row, CancellationToken cancellationToken)
    {
        kernel.Begin(row);
        for (var position = row.Start; position < row.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_buffers[0].Holds(position))
                Fill(readers.Count, position, operation.Halo, cancellationToken);
            // Windows end on the grid, so that a kernel never meets a cell in two parts.
            var owned = (int)Math.Min(row.End - position, ReadBuffer.WindowAt(position));
            kernel.Add(_buffers[0].Window(position, owned + operation.Halo), readers.Count > 1 ? _buffers[1].Window(position, owned + operation.Halo) : default, owned);
            position += owned;
        }

        return kernel.End();
    }

    // Two inputs are read in pieces of the same size, at the same time.
    private void Fill(int inputs, long position, int halo, CancellationToken cancellationToken)
    {
        var size = inputs > 1 ? Math.Min(_buffers[0].ReadSize, _buffers[1].ReadSize) : _buffers[0].ReadSize;
        if (size <= ReadBuffer.WindowSize)
        {
            for (var input = 0; input < inputs; input++)
                BytesRead += _buffers[input].Read(position, size, halo);
            return;
        }

        var first = _buffers[0].ReadAsync(position, size, halo, cancellationToken);
        var second = inputs > 1 ? _buffers[1].ReadAsync(position, size, halo, cancellationToken) : Task.FromResult(0);
        BytesRead += gate.Await(SumAsync(first, second));
    }

    private static async Task<long> SumAsync(Task<int> first, Task<int> second)
    {
        // A buffer is used again only when nothing writes into it any more, so both are waited for whatever becomes of one.
        await Task.WhenAll(first, second);
        return (long)await first + await second;
    }

    private void Verify(IRangeReader reader, CancellationToken cancellationToken)
    {
        if (reader.ReadSize <= ReadBuffer.WindowSize)
            reader.Verify();
        else
            gate.Await(VerifiedAsync(reader, cancellationToken));
    }

    private static async Task<bool> VerifiedAsync(IRangeReader reader, CancellationToken cancellationToken)
    {
        await reader.VerifyAsync(cancellationToken);
        return true;
    }

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
