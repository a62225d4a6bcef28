using System.Collections.Concurrent;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>
/// Files in HDFS, through WebHDFS or HttpFS: <c>hdfs://namenode:9870/path</c>, <c>webhdfs://…</c> (both HTTP) and <c>swebhdfs://…</c>
/// (HTTPS). The host is a name node's, with its HTTP port (9870 and 9871 unless named), or a name from
/// <see cref="HdfsOptions.NameServices"/>. Names are UTF-8 text without colons.
/// <para>
/// A version is the file's id, modification time and length. HttpFS does not tell the id, so there a replacement of the same
/// length within a millisecond does not show. A read of HDFS is not conditional: what was read is known to be of the version opened
/// once the reader's Verify has said so.
/// </para>
/// <para>
/// Puts are atomic for readers, since a rename is; HttpFS cannot rename over a file, so there a file that is overwritten is missing
/// for a moment. Of several updates of one version exactly one wins; an update is atomic against other updates, not
/// against overwrites. An update whose writer died keeps others of that version away for two minutes.
/// </para>
/// </summary>
public sealed partial class HdfsStore : IObjectStore, IDisposable
{
    private static readonly string[] KnownSchemes = ["hdfs", "webhdfs", "swebhdfs"];
    private readonly HdfsOptions _options;
    private readonly WebHdfsClient _client;
    private readonly ThisHost _thisHost;
    private readonly TimeProvider _timeProvider;
    private readonly ConcurrentDictionary<string, NameNodes> _clusters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the store.</summary>
    /// <param name="scheme">One of <c>hdfs</c>, <c>webhdfs</c> and <c>swebhdfs</c>.</param>
    /// <param name="options">How clusters are reached; validated here.</param>
    /// <param name="timeProvider">What time limits are measured by.</param>
    /// <exception cref="Blaze.Storage.Core.BlazeException">The options are not usable.</exception>
    public HdfsStore(string scheme, HdfsOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!KnownSchemes.Contains(scheme))
            throw new ArgumentException("HDFS has the schemes hdfs, webhdfs and swebhdfs.", nameof(scheme));
        Scheme = scheme;
        _options = options.Validated();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _client = new WebHdfsClient(IsSecure, _options, _timeProvider);
        _thisHost = new ThisHost(_options);
    }

    /// <summary>The schemes a store can be created for.</summary>
    public static IReadOnlyList<string> Schemes => KnownSchemes;

    /// <inheritdoc/>
    public string Scheme { get; }

    /// <summary>True for the names of <see cref="HdfsOptions.NameServices"/> and for the name nodes behind them, as they are written there.</summary>
    /// <inheritdoc/>
    public bool IsAtConfiguredEndpoint(ResourceUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.Scheme == Scheme && _options.NameServices.Any(service =>
            service.Key.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase) || service.Value.Any(node => IsSameNode(node, uri.Authority)));
    }

    private bool IsSecure => Scheme == "swebhdfs";

    /// <inheritdoc/>
    public async Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        var status = await FileStatusAsync(FileAt(uri), cancellationToken).ConfigureAwait(false);
        return new ResourceInfo(uri, status.Length, status.Version);
    }

    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        var at = FileAt(uri);
        var status = await FileStatusAsync(at, cancellationToken).ConfigureAwait(false);
        if (ifMatch is not null && ifMatch != status.Version)
            throw ObjectStoreException.Changed(uri);
        return new HdfsRangeReader(_client, _thisHost, at, status, _options.ReadSize);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken)
    {
        var blocks = await _client.BlocksAsync(FileAt(uri), range, cancellationToken).ConfigureAwait(false);
        return [.. blocks.Select(block => block with { Range = block.Range.Intersect(range) }).Where(block => !block.Range.IsEmpty)];
    }

    /// <summary>
    /// The cluster's own checksum of a file, computed where its blocks lie: the algorithm's name and the value in hexadecimal. Two files
    /// with equal names and values have equal content; the values of equal content differ where the blocks do.
    /// </summary>
    /// <exception cref="ObjectStoreException">As <see cref="StatAsync"/>.</exception>
    public async Task<(string Algorithm, string Value)> ChecksumAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        var checksum = await _client.ChecksumAsync(FileAt(uri), cancellationToken).ConfigureAwait(false);
        return (checksum.Algorithm, checksum.Bytes);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<FileStatus> FileStatusAsync(HdfsLocation at, CancellationToken cancellationToken)
    {
        var status = await _client.StatusAsync(at, cancellationToken).ConfigureAwait(false);
        return status.IsFile ? status : throw HdfsErrors.NotAFile(status, at.Uri);
    }

    private bool IsSameNode(string one, string other) =>
        HostAndPort.WithPort(one, IsSecure) is { } node && node.Equals(HostAndPort.WithPort(other, IsSecure), StringComparison.OrdinalIgnoreCase);

    private HdfsLocation FileAt(ResourceUri uri) => new(uri, ClusterOf(uri), HdfsPath.OfFile(uri));

    private NameNodes ClusterOf(ResourceUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Scheme != Scheme)
            throw ObjectStoreException.InvalidLocation(uri.ToString(), $"this store serves {Scheme}:// locations");
        return _clusters.GetOrAdd(uri.Authority, _ =>
        {
            var listed = _options.NameServices.FirstOrDefault(service => service.Key.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase)).Value ?? [uri.Authority];
            return new NameNodes([.. listed.Select(host => HostAndPort.WithPort(host, IsSecure) ?? throw new ObjectStoreException(
                ObjectStoreErrorKind.InvalidPath, $"'{uri.Display}' cannot be used as a location: its host is none; write {Scheme}://host:port/path.", Scheme, uri))]);
        });
    }
}
