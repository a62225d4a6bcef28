using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>Copies one version of a file in parts, several at a time.</summary>
internal sealed class PartCopy(IRangeReader reader, IObjectStore store, ResourceUri target, PutMode mode, CopyOptions options, PartBuffers buffers, CopyTotals totals)
{
    private readonly int _partSize = PartSize.For(reader.Info.Length);

    private int Count => (int)((reader.Info.Length + _partSize - 1) / _partSize);

    /// <summary>Copies it. Where that fails and there are journals, the parts stay for the next attempt, unless they can be of no more use.</summary>
    public async Task<ResourceInfo> RunAsync(CancellationToken cancellationToken)
    {
        using var journal = options.Journals?.Open(reader.Info, target, _partSize, options.Overwrite);
        await using var upload = await BeginAsync(journal, cancellationToken);
        try
        {
            await PutMissingAsync(upload, cancellationToken);
            await reader.VerifyAsync(cancellationToken);
            var info = await upload.CompleteAsync(cancellationToken);
            journal?.Remove();
            return info;
        }
        catch (Exception failure)
        {
            if (journal is not null && IsWorthLeaving(failure))
                upload.Leave();
            else
                journal?.Remove();
            throw;
        }
    }

    // After these the same command would not go on with these parts.
    private static bool IsWorthLeaving(Exception failure) =>
        failure is not ObjectStoreException { Kind: ObjectStoreErrorKind.PreconditionFailed or ObjectStoreErrorKind.AlreadyExists };

    private async Task<IMultipartUpload> BeginAsync(CopyJournal? journal, CancellationToken cancellationToken)
    {
        if (journal?.Upload is { } id)
        {
            try
            {
                return await store.ResumeMultipartAsync(target, id, mode, cancellationToken);
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
            {
                // The store has cleared it away, so it begins anew.
            }
        }

        var upload = await store.OpenMultipartAsync(target, mode, cancellationToken);
        try
        {
            journal?.Begin(reader.Info, target, upload.Id);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    private async Task PutMissingAsync(IMultipartUpload upload, CancellationToken cancellationToken)
    {
        var there = upload.Parts.ToHashSet();
        totals.AddResumed(there.Sum(LengthOf));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Count).Where(number => !there.Contains(number)), parallel, async (number, token) =>
        {
            var length = (int)LengthOf(number);
            using var buffer = await buffers.RentAsync(length, token);
            await FileCopy.ReadAsync(reader, (long)number * _partSize, buffer.Memory, token);
            await upload.PutPartAsync(number, buffer.Memory, token);
            totals.AddBytes(length);
        });
    }

    private long LengthOf(int number) => Math.Clamp(reader.Info.Length - ((long)number * _partSize), 0, _partSize);
}
