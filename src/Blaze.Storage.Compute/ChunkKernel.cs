using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Compute;

/// <summary>
/// Computes an operation's value of one chunk after another from bytes handed over in order. Used by one thread at a time;
/// made once and used for many chunks, so that its tables are allocated and touched once. <see cref="Add"/> allocates nothing.
/// </summary>
public abstract class ChunkKernel
{
    private readonly int _halo;
    private bool _open;

    private protected ChunkKernel(Operation operation) => _halo = operation.Halo;

    /// <summary>The chunk that is being computed.</summary>
    private protected ByteRange Row { get; private set; }

    /// <summary>The offset in the resource of the next byte to add.</summary>
    private protected long Position { get; private set; }

    /// <summary>Starts a chunk; one that was not ended is forgotten.</summary>
    /// <param name="row">The bytes it owns: a block of the grid at any level from the operation's finest one up, or a ragged piece of a cover.</param>
    public void Begin(ByteRange row)
    {
        Row = row;
        Position = row.Start;
        _open = true;
        OnBegin();
    }

    /// <summary>
    /// Adds the chunk's next <paramref name="owned"/> bytes. The end of each addition is a multiple of 64 KiB from the start of the
    /// resource, or the end of the chunk.
    /// </summary>
    /// <param name="first">
    /// The owned bytes, then as many of the <see cref="Operation.Halo"/> bytes behind them as the resource has; what is beyond
    /// those is ignored. Of two inputs each may be shorter than <paramref name="owned"/>, where that resource ends.
    /// </param>
    /// <param name="second">The same of the second input; empty for operations with one input.</param>
    /// <param name="owned">How many bytes the chunk advances by.</param>
    /// <exception cref="InvalidOperationException">No chunk was begun.</exception>
    /// <exception cref="ArgumentException">More is added than the chunk owns, or it does not end where it may.</exception>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        if (!_open)
            throw new InvalidOperationException("Bytes were added before a chunk was begun.");
        ArgumentOutOfRangeException.ThrowIfNegative(owned);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(owned, Row.End - Position);
        var end = Position + owned;
        if (end != Row.End && end % Grid.FinestSize != 0)
            throw new ArgumentException("An addition ends at a multiple of 64 KiB or at the end of the chunk.", nameof(owned));
        OnAdd(Limit(first, owned), Limit(second, owned), owned);
        Position = end;
    }

    /// <summary>Ends the chunk.</summary>
    /// <returns>Its value, a new object.</returns>
    /// <exception cref="InvalidOperationException">No chunk was begun, or not all of its bytes were added.</exception>
    public ChunkValue End()
    {
        if (!_open || Position != Row.End)
            throw new InvalidOperationException($"The chunk {Row} was ended at {Position}.");
        _open = false;
        return OnEnd();
    }

    private protected abstract void OnBegin();

    private protected abstract void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned);

    private protected abstract ChunkValue OnEnd();

    /// <summary>For operations with one input, whose bytes all have to be there.</summary>
    private protected static void RequireOwned(ReadOnlySpan<byte> first, int owned)
    {
        if (first.Length < owned)
            throw new ArgumentException($"Of {owned} owned bytes only {first.Length} were handed over.", nameof(first));
    }

    private ReadOnlySpan<byte> Limit(ReadOnlySpan<byte> bytes, int owned) =>
        bytes.Length > (long)owned + _halo ? bytes[..(owned + _halo)] : bytes;
}
