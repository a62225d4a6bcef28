using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Client.Pictures;

/// <summary>Several sources laid one after the other: where a byte of a source lies in the whole.</summary>
public sealed class SourcePlaces
{
    private readonly long[] _shifts;

    /// <summary>Lays the sources of a job one after the other.</summary>
    public SourcePlaces(IReadOnlyList<JobSource> sources)
    {
        _shifts = new long[sources.Count];
        for (var i = 0; i < sources.Count; i++)
        {
            _shifts[i] = Length - sources[i].Start;
            Length += Math.Max(0, sources[i].End - sources[i].Start);
        }
    }

    /// <summary>The bytes of all sources that the job covers.</summary>
    public long Length { get; }

    /// <summary>The place of a byte; that of a source that is not there lies outside.</summary>
    public long Of(int source, long offset) => (uint)source < (uint)_shifts.Length ? offset + _shifts[source] : Length;
}
