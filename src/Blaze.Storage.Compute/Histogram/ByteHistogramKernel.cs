using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>The histogram of single bytes.</summary>
internal sealed class ByteHistogramKernel(HistogramOperation operation) : ChunkKernel(operation)
{
    private readonly ByteCounter _counter = new();

    private protected override void OnBegin() => _counter.Clear();

    private protected override void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        RequireOwned(first, owned);
        _counter.Add(first[..owned]);
    }

    private protected override ChunkValue OnEnd() => new HistogramValue(_counter.Counts().ToArray());
}
