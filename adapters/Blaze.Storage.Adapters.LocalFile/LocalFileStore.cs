using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <summary>
/// The files of this machine (Linux), at <c>file://</c> locations. Names are bytes; symbolic links are followed when reading and
/// replaced when writing. A version is device, inode, modification time in nanoseconds and length.
/// <para>
/// What a version notices: every write through the file system, as soon as the file's time moves on. Writes within one tick
/// of the kernel's clock (at most 10 ms) may carry the same time, so a version is given out only once the tick of the last
/// write is over: any later write shows. Three things stay invisible: a write whose time and length are set back on purpose, a
/// write through a memory mapping until the kernel stamps it, and, on file systems that keep whole seconds (FAT, some network
/// mounts), a second write within the same one.
/// </para>
/// <para>
/// Puts are atomic for readers, and survive the end of any process; with <c>flushToDisk</c> they survive the end of the
/// machine as well. An update is atomic against other updates and creates, not against overwrites. Nothing here is
/// worth a retry, so no error is Transient.
/// </para>
/// </summary>
public sealed partial class LocalFileStore : ILinkedStore
{
    private const int MostLooks = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly bool _flushToDisk;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates the store.</summary>
    /// <param name="flushToDisk">Whether a put waits until the disk has its bytes (milliseconds each).</param>
    /// <param name="timeProvider">What waits are measured by.</param>
    public LocalFileStore(bool flushToDisk = false, TimeProvider? timeProvider = null)
    {
        _flushToDisk = flushToDisk;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Scheme => ResourceUri.FileScheme;

    /// <inheritdoc/>
    public async Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = LocalPath.Of(uri);
        var status = await SettledAsync(path, RegularStatus(path, uri), uri, cancellationToken).ConfigureAwait(false);
        if (status.Length == 0)
            RefuseBottomless(path, uri);
        return InfoOf(uri, status);
    }

    /// <inheritdoc/>
    public Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        Task.Run<IRangeReader>(() => Open(uri, ifMatch), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LocatedRange>>([]);

    private static ResourceInfo InfoOf(ResourceUri uri, FileStatus status) => new(uri, status.Length, status.Version);

    // Opening a device can have effects, so the name is looked at first; what was opened in the end is looked at again.
    private static LocalRangeReader Open(ResourceUri uri, string? ifMatch)
    {
        var path = LocalPath.Of(uri);
        _ = RegularStatus(path, uri);
        var error = FileCalls.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenNoTerminal, 0, out var file);
        try
        {
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            error = FileStatus.Of(file, out var status);
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            if (!status.IsRegular)
                throw LocalErrors.NotRegular(status, uri);
            if (ifMatch is not null && ifMatch != status.Version)
                throw ObjectStoreException.Changed(uri);
            return new LocalRangeReader(InfoOf(uri, status), path, file, status);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStatus RegularStatus(byte[] path, ResourceUri uri)
    {
        var error = FileStatus.Of(path, followLinks: true, out var status);
        if (error != 0)
            throw LocalErrors.Reading(error, uri);
        return status.IsRegular ? status : throw LocalErrors.NotRegular(status, uri);
    }

    // The system makes up some files while they are read, those below /proc for example, and says that they are empty.
    private static void RefuseBottomless(byte[] path, ResourceUri uri)
    {
        var error = FileCalls.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenNoTerminal, 0, out var file);
        using (file)
        {
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            // A file that was written to meanwhile has a length by now.
            if (FileCalls.HasBytes(file) && FileStatus.Of(file, out var status) == 0 && status.Length == 0)
                throw LocalErrors.Bottomless(uri);
        }
    }

    // A time further ahead was set by somebody, and is no tick that a later write could fall into.
    private async ValueTask<FileStatus> SettledAsync(byte[] path, FileStatus status, ResourceUri uri, CancellationToken cancellationToken)
    {
        var ahead = (Int128)Tick.TotalNanoseconds;
        var result = status;
        for (var look = 0; FileClock.LastTick is var tick && result.Modified >= tick && result.Modified - tick <= ahead; look++)
        {
            if (look == MostLooks)
                throw LocalErrors.Of(ObjectStoreErrorKind.PreconditionFailed, uri, "is being written to all the time; run again when nothing writes to it");
            await Task.Delay(TimeSpan.FromMilliseconds(1), _timeProvider, cancellationToken).ConfigureAwait(false);
            result = RegularStatus(path, uri);
        }

        return result;
    }
}
