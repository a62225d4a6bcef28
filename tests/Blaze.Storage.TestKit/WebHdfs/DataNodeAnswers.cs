using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>What data nodes do: bytes in and out.</summary>
internal sealed class DataNodeAnswers(WebHdfsServer server, FileTree tree, WebHdfsServerOptions options)
{
    private const int SliceSize = 64 * 1024;

    public async Task AnswerAsync(WebHdfsNode node, HttpContext context)
    {
        if (options.Token is { } token && WebHdfsNode.Query(context, "delegation") != token)
            throw HadoopException.Security("Failed to obtain user group information: token is expired or doesn't exist");
        if (!options.IsHttpFs && WebHdfsNode.Query(context, "namenoderpcaddress").Length == 0)
            throw HadoopException.Illegal("Invalid value for webhdfs parameter \"namenoderpcaddress\": it is missing");
        var path = WebHdfsNode.PathOf(context);
        var user = WebHdfsNode.Query(context, "user.name") is { Length: > 0 } named ? named : options.DefaultUser;
        switch (context.Request.Method, WebHdfsNode.Query(context, "op").ToUpperInvariant())
        {
            case ("GET", "OPEN"):
                await OpenAsync(node, context, user, path);
                break;
            case ("PUT", "CREATE"):
                await ReceiveAsync(context, tree.Create(user, path, WebHdfsNode.Query(context, "overwrite") == "true", Convert.ToInt32("644", 8)));
                context.Response.StatusCode = 201;
                context.Response.Headers.Location = $"hdfs://{node.Address}:8020{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
                break;
            case ("POST", "APPEND"):
                await ReceiveAsync(context, tree.File(user, path, 2));
                break;
            case ("GET", "GETFILECHECKSUM"):
                await SendChecksumAsync(context, tree.File(user, path, 4));
                break;
            default:
                throw HadoopException.Illegal("Invalid operation for a data node");
        }
    }

    public static long Number(HttpContext context, string name, long usual) =>
        WebHdfsNode.Query(context, name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : usual;

    private async Task OpenAsync(WebHdfsNode node, HttpContext context, string user, string path)
    {
        var (length, blocks) = tree.Blocks(tree.File(user, path, 4));
        var offset = Number(context, "offset", 0);
        if (offset < 0 || (offset >= length && length > 0))
            throw HadoopException.InputOutput($"Offset={offset} out of the range [0, {length}); OPEN, path={path}");
        var fault = (WebHdfsFault?)context.Items["fault"];
        var wanted = Math.Min(Number(context, "length", long.MaxValue), length - offset);
        var sent = Math.Min(wanted, fault?.BodyBytes ?? long.MaxValue);
        context.Response.ContentType = "application/octet-stream";
        // One that only ends early says so properly; one that breaks off had promised more.
        context.Response.ContentLength = fault is { BodyBytes: not null, IsReset: false, Stalls: false } ? sent : wanted;
        await SendAsync(node, context, blocks, offset, sent);
        if (fault is { BodyBytes: not null, Stalls: true })
            await node.StallAsync(context);
        if (fault is { BodyBytes: not null, IsReset: true })
            context.Abort();
    }

    private async Task SendAsync(WebHdfsNode node, HttpContext context, IReadOnlyList<StoredBlock> blocks, long offset, long length)
    {
        foreach (var block in blocks)
        {
            while (offset < block.Bytes.Length && length > 0)
            {
                var slice = block.Bytes.AsMemory((int)offset, (int)Math.Min(Math.Min(SliceSize, length), block.Bytes.Length - offset));
                await context.Response.Body.WriteAsync(slice, context.RequestAborted);
                server.Count(node.Name, context.Connection.RemoteIpAddress, slice.Length);
                offset += slice.Length;
                length -= slice.Length;
            }

            offset = Math.Max(0, offset - block.Bytes.Length);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    // What arrives stays, even where the client goes away in the middle.
    private async Task ReceiveAsync(HttpContext context, FileInode file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SliceSize);
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
                tree.Append(file, buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task SendChecksumAsync(HttpContext context, FileInode file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in tree.Blocks(file).Blocks)
            hash.AppendData(SHA256.HashData(block.Bytes));
        var bytes = hash.GetHashAndReset()[..28];
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            new JsonObject
            {
                ["FileChecksum"] = new JsonObject
                {
                    ["algorithm"] = $"MD5-of-{options.BlockSize / 512}MD5-of-512CRC32C",
                    ["bytes"] = Convert.ToHexStringLower(bytes),
                    ["length"] = bytes.Length,
                },
            }.ToJsonString(),
            context.RequestAborted);
    }
}
