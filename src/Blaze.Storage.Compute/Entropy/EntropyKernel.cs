using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Compute.Entropy;

/// <summary>
/// Counts the bytes of each window and takes its entropy from the counts. The logarithms of the counts that random bytes make
/// of a whole window come from a table, with the same bits as when computed.
/// </summary>
internal sealed class EntropyKernel : ChunkKernel
{
    private const int LargestTable = 4096;

    private readonly EntropyOperation _operation;
    private readonly ByteCounter _counter = new();
    private readonly double[] _terms;
    private readonly long[] _counts = new long[ByteCounter.Bins];
    private double[] _profile = [];
    private int _windows;

    public EntropyKernel(EntropyOperation operation)
        : base(operation)
    {
        _operation = operation;
        _terms = new double[Math.Min(operation.Window, LargestTable)];
        for (var count = 1; count < _terms.Length; count++)
            _terms[count] = ShannonEntropy.Term(count, operation.Window);
    }

    private protected override void OnBegin()
    {
        _counter.Clear();
        Array.Clear(_counts);
        _profile = new double[_operation.WindowsIn(Row)];
        _windows = 0;
    }

    private protected override void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        RequireOwned(first, owned);
        var position = Position;
        for (var rest = first[..owned]; !rest.IsEmpty;)
        {
            var windowEnd = Math.Min((position & -_operation.Window) + _operation.Window, Row.End);
            var length = (int)Math.Min(rest.Length, windowEnd - position);
            _counter.Add(rest[..length]);
            rest = rest[length..];
            position += length;
            if (position == windowEnd)
                CloseWindow();
        }
    }

    private protected override ChunkValue OnEnd() => new EntropyValue([.. _counts], _profile);

    private void CloseWindow()
    {
        var window = _counter.Counts();
        var total = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            total += window[i];
            _counts[i] += window[i];
        }

        _profile[_windows++] = total == _operation.Window ? WholeWindowEntropy(window) : ShannonEntropy.Of(window);
        _counter.Clear();
    }

    private double WholeWindowEntropy(ReadOnlySpan<long> window)
    {
        var entropy = 0.0;
        foreach (var count in window)
        {
            if (count > 0)
                entropy -= count < _terms.Length ? _terms[count] : ShannonEntropy.Term(count, _operation.Window);
        }

        return entropy;
    }
}
