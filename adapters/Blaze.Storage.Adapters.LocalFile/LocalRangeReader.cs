using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.ObjectStores;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Adapters.LocalFile;

/// <summary>Reads an open file up to the length it had when it was opened.</summary>
internal sealed class LocalRangeReader(ResourceInfo info, byte[] path, SafeFileHandle file, FileStatus opened) : IRangeReader
{
    public ResourceInfo Info => info;

    // Small enough that what was read, even from two files side by side, is still in a core's own cache when it is used.
    public int ReadSize => 256 * 1024;

    public long RemoteBytes => 0;

    public int Read(long offset, Span<byte> buffer)
    {
        var wanted = buffer[..Available(offset, buffer.Length)];
        try
        {
            for (var done = 0; done < wanted.Length;)
                done += MoreThanNone(RandomAccess.Read(file, wanted[done..], offset + done));
        }
        catch (IOException failure)
        {
            throw LocalErrors.Reading(failure, info.Uri);
        }

        return wanted.Length;
    }

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var wanted = buffer[..Available(offset, buffer.Length)];
        try
        {
            for (var done = 0; done < wanted.Length;)
                done += MoreThanNone(await RandomAccess.ReadAsync(file, wanted[done..], offset + done, cancellationToken).ConfigureAwait(false));
        }
        catch (IOException failure)
        {
            throw LocalErrors.Reading(failure, info.Uri);
        }

        return wanted.Length;
    }

    public ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Verify();
            return ValueTask.CompletedTask;
        }
        catch (ObjectStoreException failure)
        {
            return ValueTask.FromException(failure);
        }
    }

    // The open file shows that it was written to, its name that it was replaced or removed.
    public void Verify()
    {
        var error = FileStatus.Of(file, out var open);
        if (error != 0)
            throw LocalErrors.Reading(error, info.Uri);
        if (open.Version != opened.Version)
            throw ObjectStoreException.Changed(info.Uri);
        error = FileStatus.Of(path, followLinks: true, out var named);
        if (error is Errno.NoEntry or Errno.NotDirectory || (error == 0 && named.Version != opened.Version))
            throw ObjectStoreException.Changed(info.Uri);
        if (error != 0)
            throw LocalErrors.Reading(error, info.Uri);
    }

    public void Dispose() => file.Dispose();

    private int Available(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return (int)Math.Clamp(info.Length - offset, 0, length);
    }

    // Inside the length it was opened with a file has bytes, or it was truncated.
    private int MoreThanNone(int read) => read > 0 ? read : throw ObjectStoreException.Changed(info.Uri);
}
