using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.Writing;

/// <summary>
/// A file that is complete, under a name listings leave out, until it takes its target's name in one step. Disposing it removes it,
/// unless it was published.
/// </summary>
internal sealed class StagedFile : IAsyncDisposable
{
    /// <summary>How long an update that was made ready keeps others of the same version away; its writer gives up after half of it.</summary>
    private static readonly TimeSpan UpdateLifetime = TimeSpan.FromMinutes(2);

    private readonly WebHdfsClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly HdfsLocation _target;
    private readonly FileStatus _status;
    private readonly long _since;
    private HdfsLocation _at;
    private bool _published;

    private StagedFile(WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, HdfsLocation at, FileStatus status)
    {
        _client = client;
        _timeProvider = timeProvider;
        _target = target;
        _at = at;
        _status = status;
        _since = timeProvider.GetTimestamp();
    }

    /// <summary>Writes the file beside its target, with the directories it is in.</summary>
    public static async Task<StagedFile> CreateAsync(
        WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, Upload content, CancellationToken cancellationToken)
    {
        var at = target.Beside(TemporaryName.New());
        try
        {
            await client.CreateAsync(at, content, cancellationToken).ConfigureAwait(false);
            return await OfCompleteAsync(client, timeProvider, target, at, content.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await RemoveAsync(client, at).ConfigureAwait(false);
            // Nobody else has the name; what is in the way is a file where a directory should be.
            if (failure is ObjectStoreException { Kind: ObjectStoreErrorKind.AlreadyExists })
                throw HdfsErrors.Of(ObjectStoreErrorKind.InvalidPath, target.Uri, "cannot be written: a part of its path is a file, not a directory", failure);
            throw;
        }
    }

    /// <summary>Takes a file that was written already.</summary>
    /// <exception cref="ObjectStoreException">It has another length than it must have (Transient).</exception>
    public static async Task<StagedFile> OfCompleteAsync(
        WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, HdfsLocation at, long length, CancellationToken cancellationToken)
    {
        var status = await client.StatusAsync(at, cancellationToken).ConfigureAwait(false);
        return status.Length == length ? new StagedFile(client, timeProvider, target, at, status) : throw HdfsErrors.Of(
            ObjectStoreErrorKind.Transient, target.Uri, $"could not be written: {status.Length} of {length} bytes arrived; try again");
    }

    /// <summary>Gives the file its target's name, by the mode.</summary>
    public async Task<ResourceInfo> PublishAsync(PutMode mode, CancellationToken cancellationToken)
    {
        if (mode.ExpectedVersion is { } expected)
            await MakeReadyAsync(expected, cancellationToken).ConfigureAwait(false);
        try
        {
            await MoveAsync(overwrite: !mode.IsCreate, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.Transient)
        {
            // The answer may have been lost on its way, and the file be there all the same.
            if (!await IsPublishedAsync(cancellationToken).ConfigureAwait(false))
                throw;
        }

        _published = true;
        return new ResourceInfo(_target.Uri, _status.Length, _status.Version);
    }

    /// <summary>Gives the file the name it was taken from back, where it lost that while it was made ready.</summary>
    public async Task ReturnAsync(HdfsLocation origin)
    {
        if (_published || _at.Path == origin.Path)
            return;
        try
        {
            await _client.RenameAsync(_at, origin.Path, overwrite: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // The failure that led here is the one to report; what stays under the other name is out of sight.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_published)
            await RemoveAsync(_client, _at).ConfigureAwait(false);
    }

    /// <summary>Removes what was staged. What cannot be removed stays out of sight.</summary>
    public static async Task RemoveAsync(WebHdfsClient client, HdfsLocation at)
    {
        try
        {
            await client.DeleteAsync(at, recursive: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // The failure that led here is the one to report.
        }
    }

    /// <summary>
    /// Of several updates of one version, the one that gets the name all of them want may go on. What it then renames onto the target is
    /// the file of that name, so one that lost the name cannot publish any more.
    /// </summary>
    private async Task MakeReadyAsync(string expected, CancellationToken cancellationToken)
    {
        await CheckVersionAsync(expected, cancellationToken).ConfigureAwait(false);
        var ready = _target.Beside(TemporaryName.OfUpdate(_target.Path, expected));
        if (!await TryTakeAsync(ready, cancellationToken).ConfigureAwait(false)
            && !(await RemoveAbandonedAsync(ready, cancellationToken).ConfigureAwait(false) && await TryTakeAsync(ready, cancellationToken).ConfigureAwait(false)))
            throw ObjectStoreException.Changed(_target.Uri);
        _at = ready;
        await CheckVersionAsync(expected, cancellationToken).ConfigureAwait(false);
        if (_timeProvider.GetElapsedTime(_since) > UpdateLifetime / 2)
            throw HdfsErrors.Of(ObjectStoreErrorKind.Transient, _target.Uri, "could not be updated in time: the cluster is slow; try again");
    }

    private async Task<bool> TryTakeAsync(HdfsLocation ready, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.RenameAsync(_at, ready.Path, overwrite: false, cancellationToken).ConfigureAwait(false) != RenameOutcome.RefusedPlainly;
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.AlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Removes an update whose writer has died: both ages are by the cluster's clock.</summary>
    private async Task<bool> RemoveAbandonedAsync(HdfsLocation ready, CancellationToken cancellationToken)
    {
        try
        {
            var other = await _client.StatusAsync(ready, cancellationToken).ConfigureAwait(false);
            if (_status.ModificationTime - other.ModificationTime < UpdateLifetime.TotalMilliseconds)
                return false;
            // Moved away first, so that of several who see this one removes it, and nobody a newer one.
            var aside = _target.Beside(TemporaryName.New());
            await _client.RenameAsync(ready, aside.Path, overwrite: false, cancellationToken).ConfigureAwait(false);
            if ((await _client.StatusAsync(aside, cancellationToken).ConfigureAwait(false)).Version == other.Version)
                return await _client.DeleteAsync(aside, recursive: false, cancellationToken).ConfigureAwait(false);
            await _client.RenameAsync(aside, ready.Path, overwrite: false, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.AlreadyExists)
        {
            return false;
        }
    }

    private async Task CheckVersionAsync(string expected, CancellationToken cancellationToken)
    {
        if (await VersionOfTargetAsync(cancellationToken).ConfigureAwait(false) != expected)
            throw ObjectStoreException.Changed(_target.Uri);
    }

    private async Task<bool> IsPublishedAsync(CancellationToken cancellationToken) =>
        await VersionOfTargetAsync(cancellationToken).ConfigureAwait(false) == _status.Version;

    private async Task<string?> VersionOfTargetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await _client.StatusAsync(_target, cancellationToken).ConfigureAwait(false);
            return status.IsFile ? status.Version : throw HdfsErrors.NotAFile(status, _target.Uri);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return null;
        }
    }

    private async Task MoveAsync(bool overwrite, CancellationToken cancellationToken)
    {
        var outcome = await _client.RenameAsync(_at, _target.Path, overwrite, cancellationToken).ConfigureAwait(false);
        if (outcome == RenameOutcome.RefusedPlainly && overwrite)
            outcome = await ReplaceAsync(cancellationToken).ConfigureAwait(false);
        if (outcome == RenameOutcome.RefusedPlainly)
            throw ObjectStoreException.AlreadyExists(_target.Uri);
        if (outcome == RenameOutcome.RenamedPlainly)
            await LeaveDirectoryAsync(cancellationToken).ConfigureAwait(false);
    }

    // The server cannot rename over a file, so the old one steps aside, and back if the new one cannot have its name.
    private async Task<RenameOutcome> ReplaceAsync(CancellationToken cancellationToken)
    {
        var aside = _target.Beside(TemporaryName.New());
        await _client.RenameAsync(_target, aside.Path, overwrite: false, cancellationToken).ConfigureAwait(false);
        var outcome = RenameOutcome.RefusedPlainly;
        try
        {
            outcome = await _client.RenameAsync(_at, _target.Path, overwrite: false, cancellationToken).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            if (outcome == RenameOutcome.RefusedPlainly)
                await _client.RenameAsync(aside, _target.Path, overwrite: false, CancellationToken.None).ConfigureAwait(false);
            else
                await RemoveAsync(_client, aside).ConfigureAwait(false);
        }
    }

    // A server that knows no options moves a file into a directory of that name.
    private async Task LeaveDirectoryAsync(CancellationToken cancellationToken)
    {
        var status = await _client.StatusAsync(_target, cancellationToken).ConfigureAwait(false);
        if (!status.IsDirectory)
            return;
        _at = _target.Below(_at.Path[(_at.Path.LastIndexOf('/') + 1)..]);
        throw HdfsErrors.IsDirectory(_target.Uri);
    }
}
