using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.ObjectStores;

/// <summary>
/// A store in memory, at <c>memory://any/…</c>, for tests that need faults on demand: <see cref="Fault"/> may throw in place of
/// any call.
/// </summary>
public sealed class MemoryObjectStore : IObjectStore
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<ResourceUri, StoredObject> _objects = ImmutableDictionary<ResourceUri, StoredObject>.Empty;
    private readonly ConcurrentDictionary<(ResourceUri Uri, string Id), SortedDictionary<int, byte[]>> _left = new();
    private long _version;

    /// <summary>Called first in every call with the member's name (<c>Read</c> for a reader's) and the location.</summary>
    public Action<string, ResourceUri>? Fault { get; set; }

    /// <summary>What its readers say about the size of a read, in bytes.</summary>
    public int ReadSize { get; set; } = 64 * 1024;

    /// <inheritdoc/>
    public string Scheme => "memory";

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) =>
        Run(nameof(StatAsync), uri, () => Find(uri).Info, cancellationToken);

    /// <inheritdoc/>
    public Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) => Run<IRangeReader>(
        nameof(OpenAsync),
        uri,
        () => Find(uri) is var found && ifMatch is not null && ifMatch != found.Info.Version
            ? throw ObjectStoreException.Changed(uri)
            : new Reader(this, found),
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        ListAsync(prefix, filter, [], cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        ListAsync(prefix, filter, after.PathBytes(), cancellationToken);

    /// <inheritdoc/>
    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        Run(nameof(PutAsync), uri, () => Put(uri, content.ToArray(), mode), cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        Run<IMultipartUpload>(nameof(OpenMultipartAsync), uri, () => new Upload(this, uri, mode, Guid.NewGuid().ToString(), []), cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) => Run<IMultipartUpload>(
        nameof(ResumeMultipartAsync),
        uri,
        () => _left.TryRemove((uri, id), out var parts) ? new Upload(this, uri, mode, id, parts) : throw ObjectStoreException.NotFound(uri),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => Run(
        nameof(DeleteAsync), uri, () => ImmutableInterlocked.TryRemove(ref _objects, uri, out _), cancellationToken);

    /// <inheritdoc/>
    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) =>
        Run(nameof(CopyIfAbsentAsync), source, () => Put(target, Find(source).Content, PutMode.Create), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        Run<IReadOnlyList<LocatedRange>>(nameof(LocationsAsync), uri, () => [], cancellationToken);

    private async IAsyncEnumerable<ResourceInfo> ListAsync(
        ResourceUri prefix, ListFilter? filter, byte[] after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var below = prefix.ToString().TrimEnd('/') + "/";
        var found = await Run(
            nameof(ListAsync),
            prefix,
            () => _objects.Values.Where(stored => stored.Info.Uri.ToString().StartsWith(below, StringComparison.Ordinal) && stored.Path.AsSpan().SequenceCompareTo(after) > 0).ToList(),
            cancellationToken);
        found.Sort((left, right) => left.Path.AsSpan().SequenceCompareTo(right.Path));
        foreach (var stored in found.Where(stored => filter?.Takes(stored.Info.Uri) != false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return stored.Info;
        }
    }

    private Task<T> Run<T>(string member, ResourceUri uri, Func<T> call, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            if (uri.Scheme != Scheme)
                throw ObjectStoreException.InvalidLocation(uri.ToString(), "this store serves memory:// locations");
            Fault?.Invoke(member, uri);
            return call();
        },
        cancellationToken);

    private StoredObject Find(ResourceUri uri) => _objects.TryGetValue(uri, out var found) ? found : throw ObjectStoreException.NotFound(uri);

    private ResourceInfo Put(ResourceUri uri, byte[] content, PutMode mode)
    {
        lock (_lock)
        {
            var current = _objects.GetValueOrDefault(uri);
            if (mode.IsCreate && current is not null)
                throw ObjectStoreException.AlreadyExists(uri);
            if (mode.ExpectedVersion is { } expected && current?.Info.Version != expected)
                throw ObjectStoreException.Changed(uri);
            var info = new ResourceInfo(uri, content.Length, (++_version).ToString(CultureInfo.InvariantCulture));
            ImmutableInterlocked.AddOrUpdate(ref _objects, uri, new StoredObject(info, content), (_, _) => new StoredObject(info, content));
            return info;
        }
    }

    private sealed record StoredObject(ResourceInfo Info, byte[] Content)
    {
        public byte[] Path { get; } = Info.Uri.PathBytes();
    }

    private sealed class Reader(MemoryObjectStore store, StoredObject opened) : IRangeReader
    {
        public ResourceInfo Info => opened.Info;

        public int ReadSize => store.ReadSize;

        public long RemoteBytes => 0;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) => new(Read(offset, buffer.Span));

        public int Read(long offset, Span<byte> buffer)
        {
            store.Fault?.Invoke(nameof(Read), Info.Uri);
            var available = opened.Content.AsSpan((int)Math.Min(offset, opened.Content.Length));
            var length = Math.Min(available.Length, buffer.Length);
            available[..length].CopyTo(buffer);
            return length;
        }

        public ValueTask VerifyAsync(CancellationToken cancellationToken)
        {
            Verify();
            return ValueTask.CompletedTask;
        }

        public void Verify()
        {
            if (store._objects.GetValueOrDefault(Info.Uri)?.Info != Info)
                throw ObjectStoreException.Changed(Info.Uri);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Upload(MemoryObjectStore store, ResourceUri uri, PutMode mode, string id, SortedDictionary<int, byte[]> parts) : IMultipartUpload
    {
        private readonly Lock _lock = new();
        private readonly SortedDictionary<int, byte[]> _parts = parts;

        public string Id => id;

        public IReadOnlyCollection<int> Parts
        {
            get
            {
                lock (_lock)
                    return [.. _parts.Keys];
            }
        }

        public void Leave() => store._left[(uri, id)] = _parts;

        public Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            store.Run(nameof(PutPartAsync), uri, () => Take(number, content.ToArray()), cancellationToken);

        public Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken) => _parts.Count > 0 && _parts.Keys.Last() != _parts.Count - 1
            ? throw new InvalidOperationException("A part before the last one was never put.")
            : store.PutAsync(uri, Joined(), mode, cancellationToken);

        public Task AbortAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private byte[] Joined()
        {
            var content = new byte[_parts.Values.Sum(part => part.Length)];
            var end = 0;
            foreach (var part in _parts.Values)
            {
                part.CopyTo(content, end);
                end += part.Length;
            }

            return content;
        }

        private bool Take(int number, byte[] content)
        {
            lock (_lock)
                _parts[number] = content;
            return true;
        }
    }
}
