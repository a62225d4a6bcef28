using Blaze.Storage.Client.Estimates;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Client.Following;

/// <summary>
/// What the finished chunks of a job add up to. Each byte of the job counts once, whatever the feed repeats. Not safe for use by
/// several threads.
/// </summary>
internal sealed class PartialAnswer
{
    private readonly Operation _operation;
    private readonly JobDetail _detail;
    private readonly ILookup<string, int> _sources;
    private readonly CoveredRanges[] _covered;
    private readonly Estimator _estimator;
    private readonly SortedList<(int Source, ByteRange Range), PlacedChunk>? _placed;
    private readonly List<ChunkValue> _unmerged = [];
    private ChunkValue? _value;

    public PartialAnswer(Operation operation, JobDetail detail)
    {
        _operation = operation;
        _detail = detail;
        _sources = operation.InputCount == 1
            ? detail.Sources.Select((source, index) => (source.Hash, index)).ToLookup(source => source.Hash, source => source.index)
            : new[] { string.Join('_', detail.Sources.Select(source => source.Hash)) }.ToLookup(pair => pair, _ => 0);
        _covered = [.. Enumerable.Range(0, detail.Sources.Count).Select(_ => new CoveredRanges())];
        _estimator = Estimator.For(operation, new Whole(JobRecords.WholeBytes(operation, detail), detail.Sources.Count));
        _placed = operation is EntropyOperation or DifferenceOperation ? [] : null;
    }

    /// <summary>How many chunks were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the value of a finished chunk; false where it belongs to none of the job's sources or its bytes are covered already.</summary>
    public bool Add(ChunkKey key, ByteRange range, ChunkValue value, bool known)
    {
        var taken = false;
        foreach (var source in _sources[string.Join('_', key.Resources)])
        {
            if (IsOf(source, range) && _covered[source].TryAdd(range))
            {
                Take(new PlacedChunk(source, range, value, known));
                taken = true;
            }
        }

        return taken;
    }

    /// <summary>The merged value of the chunks so far; null while there is none.</summary>
    public ChunkValue? Value()
    {
        if (_unmerged.Count == 0)
            return _value;
        _value = _placed is null
            ? _operation.Merge(_value is null ? _unmerged : [_value, .. _unmerged])
            : _operation.Merge([.. _placed.Values.Select(chunk => chunk.Value)]);
        _unmerged.Clear();
        return _value;
    }

    /// <summary>What the chunks so far say about the whole; null while there is none.</summary>
    public Estimate? Estimate() => Value() is { } value ? _estimator.Estimate(value) : null;

    /// <summary>The chunks at their places, for the operations whose pictures need them.</summary>
    public IReadOnlyList<PlacedChunk> Chunks() => _placed is null ? [] : [.. _placed.Values];

    private void Take(PlacedChunk chunk)
    {
        Count++;
        _unmerged.Add(chunk.Value);
        _placed?.Add((chunk.Source, chunk.Range), chunk);
        _estimator.Add(chunk);
    }

    // The same file may be named twice, and the second time be asked for in another range.
    private bool IsOf(int source, ByteRange range)
    {
        if (_operation.InputCount == 2)
            return true;
        var (start, end) = (_detail.Sources[source].Start, _detail.Sources[source].End);
        return start <= range.Start && range.End <= end;
    }
}
