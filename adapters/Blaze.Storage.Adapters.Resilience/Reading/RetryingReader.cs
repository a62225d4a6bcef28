using Blaze.Storage.Adapters.Resilience.Calls;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Reading;

/// <summary>Repeats reads. One that gives less than there is counts as failed, whatever the store says.</summary>
internal sealed class RetryingReader(IRangeReader inner, RetriedCalls calls) : IRangeReader
{
    public ResourceInfo Info => inner.Info;

    public int ReadSize => inner.ReadSize;

    public long RemoteBytes => inner.RemoteBytes;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var wanted = (int)Math.Clamp(Info.Length - offset, 0, buffer.Length);
        return await calls.RunAsync(calls.Moving(Info.Uri, wanted), async attempt =>
        {
            var read = await inner.ReadAsync(offset, buffer, attempt.Token).ConfigureAwait(false);
            return read == wanted ? read : throw Incomplete(offset, read, wanted);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask VerifyAsync(CancellationToken cancellationToken) => await calls.RunAsync(calls.Small(Info.Uri), async attempt =>
    {
        await inner.VerifyAsync(attempt.Token).ConfigureAwait(false);
        return true;
    }, cancellationToken).ConfigureAwait(false);

    public void Dispose() => inner.Dispose();

    private ObjectStoreException Incomplete(long offset, int read, int wanted) => new(
        ObjectStoreErrorKind.Transient,
        $"'{Info.Uri.Display}' gave {read} bytes instead of {wanted} at offset {offset}; check the store and what lies between.",
        Info.Uri.Scheme,
        Info.Uri);
}
