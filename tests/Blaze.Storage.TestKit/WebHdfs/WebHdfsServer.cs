using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>
/// A cluster that speaks WebHDFS as its documentation describes it, or HttpFS, over real sockets: name nodes and data nodes on ports of their
/// own, with the name space in memory. Its checksums are of a kind of their own.
/// </summary>
public sealed class WebHdfsServer : IAsyncDisposable
{
    private readonly WebHdfsServerOptions _options;
    private readonly FileTree _tree;
    private readonly List<WebHdfsNode> _nameNodes = [];
    private readonly List<WebHdfsNode> _dataNodes = [];
    private readonly ConcurrentDictionary<int, bool> _forgotten = new();
    private readonly ConcurrentDictionary<(string Node, string Client), long> _served = new();

    private WebHdfsServer(WebHdfsServerOptions options)
    {
        _options = options;
        _tree = new FileTree(options);
    }

    /// <summary>The name node that answers; the others say that they are standby. None where the name is of none.</summary>
    public string ActiveNameNode { get; set; } = "name0";

    /// <summary>Whether changes are refused.</summary>
    public bool IsInSafeMode { get; set; }

    /// <summary>Asked about every request before it is answered; null lets it pass. May be called by several threads.</summary>
    public Func<WebHdfsRequest, WebHdfsFault?>? Fault { get; set; }

    /// <summary>Asked where to send instead, whenever a name node redirects; null leaves it as it is.</summary>
    public Func<WebHdfsRequest, string?>? Redirect { get; set; }

    /// <summary>The name nodes, as <c>address:port</c>.</summary>
    public IReadOnlyList<string> NameNodes => [.. _nameNodes.Select(node => node.Authority)];

    /// <summary>Bytes of OPEN that data nodes (<c>data0</c>, …) sent to client addresses.</summary>
    public IReadOnlyDictionary<(string Node, string Client), long> Served => _served.ToDictionary();

    /// <summary>Starts the nodes.</summary>
    public static async Task<WebHdfsServer> StartAsync(WebHdfsServerOptions? options = null)
    {
        var server = new WebHdfsServer(options ?? new WebHdfsServerOptions());
        var data = new DataNodeAnswers(server, server._tree, server._options);
        var names = new NameNodeAnswers(server, server._tree, server._options, data);
        for (var index = 0; index < server._options.NameNodes; index++)
            server._nameNodes.Add(await server.StartAsync($"name{index}", IPAddress.Loopback, names.AnswerAsync));
        for (var index = 0; index < server._options.DataNodes.Count; index++)
            server._dataNodes.Add(await server.StartAsync($"data{index}", server._options.DataNodes[index], data.AnswerAsync));
        return server;
    }

    /// <summary>The host and port of a data node.</summary>
    public string DataNodeAuthority(int index) => _dataNodes[index].Authority;

    /// <summary>The host by which block locations name a data node.</summary>
    public string DataNodeHost(int index) => _dataNodes[index].Address.ToString();

    /// <summary>Ends a name node: it refuses connections.</summary>
    public Task StopNameNodeAsync(int index) => _nameNodes[index].StopAsync();

    /// <summary>Ends a data node: it refuses connections, and name nodes go on sending to it.</summary>
    public Task StopDataNodeAsync(int index) => _dataNodes[index].StopAsync();

    /// <summary>Lets the name nodes notice that a data node is dead: they send to the others.</summary>
    public void ForgetDataNode(int index) => _forgotten[index] = true;

    /// <summary>Sets the permission bits of a path, octal.</summary>
    public void SetMode(string path, string octal) => _tree.SetMode(path, Convert.ToInt32(octal, 8));

    /// <summary>Sets when a path was modified.</summary>
    public void SetModified(string path, DateTimeOffset time) => _tree.SetModified(path, time.ToUnixTimeMilliseconds());

    /// <summary>Ends all nodes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nameNodes.Concat(_dataNodes))
            await node.DisposeAsync();
    }

    internal int DataNodePort(int index) => _dataNodes[index].Port;

    internal bool IsKnown(int index) => !_forgotten.ContainsKey(index);

    internal void Count(string node, IPAddress? client, long bytes) =>
        _served.AddOrUpdate((node, client?.MapToIPv4().ToString() ?? ""), bytes, (_, before) => before + bytes);

    private Task<WebHdfsNode> StartAsync(string name, IPAddress address, Func<WebHdfsNode, Microsoft.AspNetCore.Http.HttpContext, Task> answer) =>
        WebHdfsNode.StartAsync(name, address, _options, answer, request => Fault?.Invoke(request));
}
