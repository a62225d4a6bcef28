using System.Runtime.InteropServices;
using Blaze.Storage.Compute;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Cli.Bench;

/// <summary>One chunk made of the same pinned buffer several times over, for a kernel and for its C loop.</summary>
internal sealed class KernelChunk(Operation operation, byte[] first, byte[] second, int buffers)
{
    private readonly ChunkKernel _kernel = Kernels.Create(operation);

    /// <summary>Computes the chunk with the kernel.</summary>
    public ChunkValue Run()
    {
        _kernel.Begin(new ByteRange(0, (long)buffers * KernelBenchmark.BufferSize));
        for (var i = 0; i < buffers; i++)
            _kernel.Add(first.AsSpan(0, KernelBenchmark.BufferSize + operation.Halo), second, KernelBenchmark.BufferSize);
        return _kernel.End();
    }

    /// <summary>Computes the chunk with a C loop.</summary>
    public void Run(CReference.Loop loop, long[] result) => loop(
        Marshal.UnsafeAddrOfPinnedArrayElement(first, 0),
        Marshal.UnsafeAddrOfPinnedArrayElement(second, 0),
        KernelBenchmark.BufferSize + operation.Halo,
        buffers,
        Marshal.UnsafeAddrOfPinnedArrayElement(result, 0));
}
