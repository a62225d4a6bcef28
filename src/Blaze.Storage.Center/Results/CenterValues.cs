using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Center.Results;

/// <summary>
/// Small values, kept for a while within a budget of bytes; the least recently used go first. Any of them may be gone at any
/// time, so a miss is normal. All calls fail with <see cref="CenterException"/> only.
/// </summary>
public sealed class CenterValues
{
    internal CenterValues()
    {
    }

    /// <summary>Stores values; equal keys mean equal values, so writing one again is harmless.</summary>
    public Task PutAsync(IReadOnlyList<StoredValue> values, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The values of keys, in their order; null where missing.</summary>
    public Task<IReadOnlyList<byte[]?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Which keys have a value, in their order.</summary>
    public Task<IReadOnlyList<bool>> ContainsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The indexed chunks of <paramref name="what"/> that start inside <paramref name="range"/>, by start.</summary>
    public Task<IReadOnlyList<ByteRange>> FindAsync(string what, ByteRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>At most <paramref name="max"/> indexed keys that begin with <paramref name="prefix"/>, which holds at least the operation's token.</summary>
    public Task<IReadOnlyList<string>> KeysAsync(string prefix, int max, CancellationToken cancellationToken) => throw new NotSupportedException();
}
