using System.Text.Json.Serialization;

namespace Blaze.Storage.Client;

/// <summary>A job's bytes by where their values came from.</summary>
/// <param name="Total">The bytes of the whole question.</param>
/// <param name="Read">The bytes read from the sources for this job; may exceed <paramref name="Computed"/> (two inputs, halos).</param>
/// <param name="Cached">The bytes covered by cached chunks.</param>
/// <param name="Computed">The bytes covered by chunks computed for this job.</param>
/// <param name="Remote">How many of the bytes read came from another host than the worker that read them.</param>
public readonly record struct ByteCounts(long Total, long Read, long Cached, long Computed, [property: JsonPropertyOrder(1)] long Remote = 0)
{
    /// <summary>How many of the bytes read lay on the host of the worker that read them.</summary>
    public long Local => Read - Remote;
}
