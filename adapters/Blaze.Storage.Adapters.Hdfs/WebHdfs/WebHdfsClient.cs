using System.Globalization;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>
/// Speaks WebHDFS (Hadoop's REST API) and HttpFS. A name node that is not active, or was never reached, is passed over for the
/// next one, once round; nothing is repeated otherwise. Failures are <see cref="ObjectStoreException"/>s about the location's URI.
/// </summary>
internal sealed partial class WebHdfsClient : IDisposable
{
    private readonly NodeConnections _connections;
    private readonly bool _secure;
    private readonly string _identity;
    private readonly string? _secret;

    /// <summary>Creates the client.</summary>
    /// <param name="secure">Whether nodes speak TLS.</param>
    /// <param name="options">Who asks and how.</param>
    /// <param name="timeProvider">What the idle limit is measured by.</param>
    public WebHdfsClient(bool secure, HdfsOptions options, TimeProvider timeProvider)
    {
        _connections = new NodeConnections(options, timeProvider);
        _secure = secure;
        _secret = options.DelegationToken;
        _identity = options switch
        {
            { DelegationToken: { } token } => "&delegation=" + Uri.EscapeDataString(token),
            { User: { } user } => "&user.name=" + Uri.EscapeDataString(user),
            _ => "",
        };
    }

    /// <summary>Length and version of a file or directory.</summary>
    public async Task<FileStatus> StatusAsync(HdfsLocation at, CancellationToken cancellationToken) =>
        (await GetAsync(at, "GETFILESTATUS", "", AnswerContext.Default.FileStatusAnswer, cancellationToken).ConfigureAwait(false)).FileStatus;

    /// <summary>The cluster's own checksum of a file.</summary>
    public async Task<FileChecksum> ChecksumAsync(HdfsLocation at, CancellationToken cancellationToken)
    {
        var first = await AskAsync(at, HttpMethod.Get, "GETFILECHECKSUM", "", cancellationToken).ConfigureAwait(false);
        using var answer = await FollowAsync(at, first, HttpMethod.Get, null, cancellationToken).ConfigureAwait(false);
        return (await JsonAsync(at, answer, AnswerContext.Default.FileChecksumAnswer).ConfigureAwait(false)).FileChecksum;
    }

    /// <summary>Starts reading a range; the answer's body is its bytes.</summary>
    public async Task<NodeAnswer> OpenAsync(HdfsLocation at, long offset, long length, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"&offset={offset}&length={length}");
        var first = await AskAsync(at, HttpMethod.Get, "OPEN", query, cancellationToken).ConfigureAwait(false);
        return await FollowAsync(at, first, HttpMethod.Get, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the name nodes; the answer is a success or a redirect.</summary>
    private async Task<NodeAnswer> AskAsync(HdfsLocation at, HttpMethod method, string operation, string query, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        Exception? last = null;
        foreach (var node in at.NameNodes.Round())
        {
            try
            {
                return await AskOneAsync(at, node, method, operation, query, cancellationToken).ConfigureAwait(false);
            }
            catch (NodeException failure)
            {
                at.NameNodes.Failed(node);
                // What may have been done must not be done again by another one.
                if (!failure.NeverSent && method != HttpMethod.Get)
                    throw HdfsErrors.Unreached(failure, node, at);
                problems.Add($"'{node}' {failure.Message}");
                last = failure;
            }
            catch (ObjectStoreException failure) when (failure.InnerException is RemoteException { IsElsewhere: true })
            {
                at.NameNodes.Failed(node);
                problems.Add($"'{node}' is not the active one");
                last = failure;
            }
        }

        throw HdfsErrors.NoNameNode(problems, at, last!);
    }

    private async Task<NodeAnswer> AskOneAsync(
        HdfsLocation at, string node, HttpMethod method, string operation, string query, CancellationToken cancellationToken)
    {
        var address = new Uri(
            $"{(_secure ? "https" : "http")}://{node}/webhdfs/v1{EncodedPath(at.Path)}?op={operation}{query}{_identity}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var answer = await _connections.SendAsync(address, method, null, isNameNode: true, cancellationToken).ConfigureAwait(false);
        try
        {
            if ((int)answer.Status is not ((>= 200 and < 300) or 307))
            {
                var refusal = await RemoteException.ReadAsync(answer, _secret).ConfigureAwait(false);
                throw HdfsErrors.Refused(refusal, node, at, method != HttpMethod.Get);
            }

            at.NameNodes.Answered(node);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Goes where a name node's redirect leads; an answer that is none (HttpFS serves bytes itself) is given back.</summary>
    private async Task<NodeAnswer> FollowAsync(HdfsLocation at, NodeAnswer first, HttpMethod method, Upload? upload, CancellationToken cancellationToken)
    {
        if (!first.IsRedirect && upload is null)
            return first;
        using var asked = first;
        var node = asked.Address.Authority;
        // What came over TLS is not handed on in the open.
        if (!asked.IsRedirect || asked.Location is not { } target || target.Scheme != asked.Address.Scheme)
            throw HdfsErrors.Strange(node, at);
        try
        {
            var answer = await _connections.SendAsync(target, method, upload, target.Authority == node, cancellationToken).ConfigureAwait(false);
            return (int)answer.Status is >= 200 and < 300 ? answer : throw await RefusedAsync(at, answer, method).ConfigureAwait(false);
        }
        catch (NodeException failure)
        {
            throw HdfsErrors.Unreached(failure, target.Authority, at);
        }
    }

    private async Task<ObjectStoreException> RefusedAsync(HdfsLocation at, NodeAnswer answer, HttpMethod method)
    {
        using (answer)
        {
            var refusal = await RemoteException.ReadAsync(answer, _secret).ConfigureAwait(false);
            return HdfsErrors.Refused(refusal, answer.Address.Authority, at, method != HttpMethod.Get);
        }
    }

    private async Task<T> GetAsync<T>(HdfsLocation at, string operation, string query, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await AskAsync(at, HttpMethod.Get, operation, query, cancellationToken).ConfigureAwait(false);
        return await JsonAsync(at, answer, type).ConfigureAwait(false);
    }

    private static async Task<T> JsonAsync<T>(HdfsLocation at, NodeAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await answer.ReadJsonAsync(type).ConfigureAwait(false) ?? throw HdfsErrors.Strange(answer.Address.Authority, at);
        }
        catch (NodeException failure)
        {
            throw HdfsErrors.Unreached(failure, answer.Address.Authority, at);
        }
    }

    private static string EncodedPath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public void Dispose() => _connections.Dispose();
}
