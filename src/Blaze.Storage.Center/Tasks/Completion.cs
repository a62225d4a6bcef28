using Blaze.Storage.Center.Sessions;

namespace Blaze.Storage.Center.Tasks;

/// <summary>A finished task; its value is stored before this is sent, or comes with it.</summary>
/// <param name="Key">The task.</param>
/// <param name="Attempt">The token it was claimed with.</param>
/// <param name="BytesRead">Bytes really read from the source.</param>
/// <param name="FromCache">Whether the value was found rather than computed.</param>
/// <param name="BytesRemote">How many of the bytes read came from another host.</param>
public sealed record Completion(string Key, long Attempt, long BytesRead, bool FromCache, long BytesRemote = 0)
{
    /// <summary>Its value, or where this worker holds it; null where it lies elsewhere under its key.</summary>
    public TaskValue? Result { get; init; }
}
