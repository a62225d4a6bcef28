using System.Globalization;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.Writing;

/// <summary>
/// Parts are files of their own in a directory beside the target that listings leave out; its name is the upload's id. On completion
/// they are joined by moving their blocks, or by writing them behind one another where the cluster does not do that.
/// </summary>
internal sealed class HdfsMultipartUpload : IMultipartUpload
{
    private readonly WebHdfsClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly HdfsLocation _target;
    private readonly HdfsLocation _directory;
    private readonly PutMode _mode;
    private readonly PartFiles _files;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, long> _parts;
    private bool _joined;
    private bool _ended;

    private HdfsMultipartUpload(
        WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, HdfsLocation directory, PutMode mode, SortedDictionary<int, long> parts)
    {
        _client = client;
        _timeProvider = timeProvider;
        _target = target;
        _directory = directory;
        _mode = mode;
        _parts = parts;
        _files = new PartFiles(client, directory);
    }

    public string Id => _directory.Path[(_directory.Path.LastIndexOf('/') + 1)..];

    public IReadOnlyCollection<int> Parts
    {
        get
        {
            lock (_lock)
                return [.. _parts.Keys];
        }
    }

    public static async Task<IMultipartUpload> OpenAsync(
        WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, PutMode mode, CancellationToken cancellationToken)
    {
        var directory = target.Beside(TemporaryName.OfUpload(target.Path));
        await client.MakeDirectoryAsync(directory, cancellationToken).ConfigureAwait(false);
        return new HdfsMultipartUpload(client, timeProvider, target, directory, mode, []);
    }

    public static async Task<IMultipartUpload> ResumeAsync(
        WebHdfsClient client, TimeProvider timeProvider, HdfsLocation target, string id, PutMode mode, CancellationToken cancellationToken)
    {
        var directory = target.Beside(id);
        var parts = new SortedDictionary<int, long>();
        if (!TemporaryName.IsUploadTo(target.Path, id) || !(await client.StatusAsync(directory, cancellationToken).ConfigureAwait(false)).IsDirectory)
            throw ObjectStoreException.NotFound(target.Uri);
        await foreach (var entry in client.EntriesAsync(directory, cancellationToken).ConfigureAwait(false))
        {
            if (entry.PathSuffix == PartFiles.Joined)
                throw ObjectStoreException.NotFound(target.Uri);
            if (PartFiles.TryParse(entry.PathSuffix, out var number))
                parts[number] = entry.Length;
        }

        return new HdfsMultipartUpload(client, timeProvider, target, directory, mode, parts);
    }

    public void Leave()
    {
        lock (_lock)
            _ended = true;
    }

    public async Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        lock (_lock)
            ObjectDisposedException.ThrowIf(_ended || _joined, this);
        await using var staged = await StagedFile.CreateAsync(
            _client, _timeProvider, _directory.Below(PartFiles.NameOf(number)), Upload.Of(content), cancellationToken).ConfigureAwait(false);
        await staged.PublishAsync(PutMode.Overwrite, cancellationToken).ConfigureAwait(false);
        lock (_lock)
            _parts[number] = content.Length;
    }

    // May be called again after a failure: what was joined already is found joined.
    public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<int, long>[] parts;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (_parts.Count > 0 && _parts.Keys.Last() != _parts.Count - 1)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Part {FirstMissing()} was never put."));
            _joined = true;
            parts = [.. _parts];
        }

        var whole = await _files.JoinAsync(parts, cancellationToken).ConfigureAwait(false);
        var staged = await StagedFile.OfCompleteAsync(
            _client, _timeProvider, _target, whole, parts.Sum(part => part.Value), cancellationToken).ConfigureAwait(false);
        try
        {
            var info = await staged.PublishAsync(_mode, cancellationToken).ConfigureAwait(false);
            await AbortAsync(cancellationToken).ConfigureAwait(false);
            return info;
        }
        catch
        {
            await staged.ReturnAsync(whole).ConfigureAwait(false);
            throw;
        }
    }

    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
        }

        await StagedFile.RemoveAsync(_client, _directory).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await AbortAsync(CancellationToken.None).ConfigureAwait(false);

    private int FirstMissing() => Enumerable.Range(0, _parts.Count).First(number => !_parts.ContainsKey(number));
}
