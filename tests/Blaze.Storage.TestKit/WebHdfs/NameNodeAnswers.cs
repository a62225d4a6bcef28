using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>What name nodes do: everything but bytes, for which they send to data nodes. HttpFS does that too.</summary>
internal sealed class NameNodeAnswers(WebHdfsServer server, FileTree tree, WebHdfsServerOptions options, DataNodeAnswers data)
{
    private static readonly string[] Changes = ["CREATE", "MKDIRS", "RENAME", "SETPERMISSION", "APPEND", "CONCAT", "DELETE"];
    private int _turn;

    public async Task AnswerAsync(WebHdfsNode node, HttpContext context)
    {
        if (server.ActiveNameNode != node.Name && !options.IsHttpFs)
            throw HadoopException.Standby();
        CheckToken(context);
        var path = WebHdfsNode.PathOf(context);
        var user = WebHdfsNode.Query(context, "user.name") is { Length: > 0 } named ? named : options.DefaultUser;
        var operation = WebHdfsNode.Query(context, "op").ToUpperInvariant();
        if (server.IsInSafeMode && Changes.Contains(operation))
            throw HadoopException.SafeMode(operation, path);
        if (path.Contains(':', StringComparison.Ordinal))
            FileTree.CheckName(path);
        if (await ReadAsync(node, context, operation, user, path) || await ChangeAsync(node, context, operation, user, path))
            return;
        throw HadoopException.Illegal($"Invalid value for webhdfs parameter \"op\": No enum constant org.apache.hadoop.hdfs.web.resources.{context.Request.Method}OpParam.Op.{operation}");
    }

    private async Task<bool> ReadAsync(WebHdfsNode node, HttpContext context, string operation, string user, string path)
    {
        switch (context.Request.Method, operation)
        {
            case ("GET", "GETFILESTATUS"):
                await SendAsync(context, new JsonObject { ["FileStatus"] = tree.Find(user, path).Json("", !options.IsHttpFs) });
                return true;
            case ("GET", "LISTSTATUS"):
                await SendAsync(context, Statuses(tree.List(user, path, "", int.MaxValue, out _)));
                return true;
            case ("GET", "LISTSTATUS_BATCH") when options.KnowsPages:
                var page = tree.List(user, path, WebHdfsNode.Query(context, "startAfter"), options.PageSize, out var remaining);
                await SendAsync(context, new JsonObject { ["DirectoryListing"] = new JsonObject { ["partialListing"] = Statuses(page), ["remainingEntries"] = remaining } });
                return true;
            case ("GET", "GETFILEBLOCKLOCATIONS") when options.KnowsBlockLocations:
                var located = Located(context, user, path).Select(block => (JsonNode)BlockLocations.Documented(block, server)).ToArray();
                await SendAsync(context, new JsonObject { ["BlockLocations"] = new JsonObject { ["BlockLocation"] = new JsonArray(located) } });
                return true;
            case ("GET", "GET_BLOCK_LOCATIONS") when !options.IsHttpFs:
                await SendAsync(context, new JsonObject { ["LocatedBlocks"] = BlockLocations.Internal(tree.File(user, path, 4).Length, Located(context, user, path), server) });
                return true;
            case ("GET", "OPEN" or "GETFILECHECKSUM"):
                await RedirectAsync(node, context, user, Holder(context, user, path, operation));
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> ChangeAsync(WebHdfsNode node, HttpContext context, string operation, string user, string path)
    {
        switch (context.Request.Method, operation)
        {
            case ("PUT", "CREATE"):
                FileTree.CheckName(path);
                await RedirectAsync(node, context, user, AnyNode(context));
                return true;
            case ("POST", "APPEND"):
                await RedirectAsync(node, context, user, Holder(context, user, path, operation));
                return true;
            case ("PUT", "MKDIRS"):
                await SendAsync(context, Boolean(tree.MakeDirectory(user, path, Mode(context, "755"))));
                return true;
            case ("PUT", "RENAME"):
                await RenameAsync(context, user, path);
                return true;
            case ("PUT", "SETPERMISSION"):
                tree.SetMode(path, Mode(context, "755"));
                return true;
            case ("POST", "CONCAT") when options.KnowsConcat:
                tree.Concat(user, path, WebHdfsNode.Query(context, "sources").Split(','));
                return true;
            case ("DELETE", "DELETE"):
                await SendAsync(context, Boolean(tree.Delete(user, path, WebHdfsNode.Query(context, "recursive") == "true")));
                return true;
            default:
                return false;
        }
    }

    private async Task RenameAsync(HttpContext context, string user, string path)
    {
        var target = WebHdfsNode.Query(context, "destination");
        var renameOptions = WebHdfsNode.Query(context, "renameoptions");
        if (!target.StartsWith('/'))
            throw HadoopException.Illegal("Invalid value for webhdfs parameter \"destination\": it is not an absolute path");
        if (renameOptions.Length == 0 || options.IsHttpFs)
            await SendAsync(context, Boolean(tree.RenamePlainly(user, path, target)));
        else
            tree.Rename(user, path, target, renameOptions.Split(',').Contains("OVERWRITE"));
    }

    // Reading needs a node that has the block; the client's own host goes first, as near nodes do.
    private int Holder(HttpContext context, string user, string path, string operation)
    {
        var (length, blocks) = tree.Blocks(tree.File(user, path, operation == "APPEND" ? 2 : 4));
        var offset = operation == "OPEN" ? DataNodeAnswers.Number(context, "offset", 0) : Math.Max(0, length - 1);
        if (operation == "OPEN" && (offset < 0 || (offset >= length && length > 0)))
            throw HadoopException.InputOutput($"Offset={offset} out of the range [0, {length}); OPEN, path={path}");
        foreach (var block in blocks)
        {
            if (offset < block.Bytes.Length)
                return Nearest(context, [.. block.Nodes.Where(server.IsKnown)]);
            offset -= block.Bytes.Length;
        }

        return AnyNode(context);
    }

    private int AnyNode(HttpContext context) => Nearest(context, [.. Enumerable.Range(0, options.DataNodes.Count).Where(server.IsKnown)]);

    private int Nearest(HttpContext context, int[] nodes)
    {
        var client = context.Connection.RemoteIpAddress?.MapToIPv4() ?? IPAddress.None;
        int[] near = [.. nodes.Where(index => options.DataNodes[index].Equals(client))];
        var among = near.Length > 0 ? near : nodes;
        return among.Length > 0
            ? among[(int)((uint)Interlocked.Increment(ref _turn) % (uint)among.Length)]
            : throw HadoopException.InputOutput("Failed to find datanode, suggest to check cluster health. excludeDatanodes=null");
    }

    private async Task RedirectAsync(WebHdfsNode node, HttpContext context, string user, int dataNode)
    {
        var request = context.Request;
        var takesBytes = request.Method != "GET";
        if (options.IsHttpFs && (!takesBytes || WebHdfsNode.Query(context, "data") == "true"))
        {
            if (takesBytes && request.ContentType != "application/octet-stream")
                throw HadoopException.Illegal("Data upload requests must have content-type set to 'application/octet-stream'");
            await data.AnswerAsync(node, context);
            return;
        }

        var path = string.Join('/', WebHdfsNode.PathOf(context).Split('/').Select(Uri.EscapeDataString));
        var target = options.IsHttpFs
            ? $"{request.Scheme}://{node.Authority}/webhdfs/v1{path}{request.QueryString}&data=true"
            : $"{request.Scheme}://{server.DataNodeAuthority(dataNode)}/webhdfs/v1{path}{DataQuery(request.QueryString.Value!, user)}&namenoderpcaddress={node.Address}:8020";
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = server.Redirect?.Invoke((WebHdfsRequest)context.Items["request"]!) ?? target;
    }

    private static string DataQuery(string query, string user) =>
        query.Contains("user.name=", StringComparison.Ordinal) ? query : $"{query}&user.name={Uri.EscapeDataString(user)}";

    private IReadOnlyList<(long Offset, StoredBlock Block)> Located(HttpContext context, string user, string path)
    {
        var start = DataNodeAnswers.Number(context, "offset", 0);
        var length = DataNodeAnswers.Number(context, "length", long.MaxValue - start);
        var result = new List<(long, StoredBlock)>();
        var offset = 0L;
        foreach (var block in tree.Blocks(tree.File(user, path, 4)).Blocks)
        {
            if (offset < start + length && offset + block.Bytes.Length > start)
                result.Add((offset, block));
            offset += block.Bytes.Length;
        }

        return result;
    }

    private void CheckToken(HttpContext context)
    {
        if (options.Token is { } token && WebHdfsNode.Query(context, "delegation") != token)
            throw HadoopException.Security("Failed to obtain user group information: token is expired or doesn't exist");
    }

    private JsonObject Statuses(IReadOnlyList<(string Name, Inode Inode)> entries) => new()
    {
        ["FileStatuses"] = new JsonObject { ["FileStatus"] = new JsonArray([.. entries.Select(entry => entry.Inode.Json(entry.Name, !options.IsHttpFs))]) },
    };

    private static JsonObject Boolean(bool value) => new() { ["boolean"] = value };

    private static int Mode(HttpContext context, string usual) =>
        Convert.ToInt32(WebHdfsNode.Query(context, "permission") is { Length: > 0 } given ? given : usual, 8);

    private static Task SendAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }
}
