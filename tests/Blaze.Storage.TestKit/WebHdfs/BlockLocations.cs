using System.Text.Json.Nodes;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>The two forms in which name nodes tell where blocks lie.</summary>
internal static class BlockLocations
{
    private const int TransferPort = 9866;

    /// <summary>A BlockLocation, as GETFILEBLOCKLOCATIONS gives it.</summary>
    public static JsonObject Documented((long Offset, StoredBlock Block) located, WebHdfsServer server)
    {
        string[] hosts = [.. located.Block.Nodes.Where(server.IsKnown).Select(server.DataNodeHost)];
        return new JsonObject
        {
            ["cachedHosts"] = new JsonArray(),
            ["corrupt"] = false,
            ["hosts"] = Texts(hosts),
            ["length"] = located.Block.Bytes.Length,
            ["names"] = Texts(hosts.Select(host => $"{host}:{TransferPort}")),
            ["offset"] = located.Offset,
            ["storageTypes"] = Texts(hosts.Select(_ => "DISK")),
            ["topologyPaths"] = Texts(hosts.Select(host => $"/default-rack/{host}:{TransferPort}")),
        };
    }

    /// <summary>LocatedBlocks, as GET_BLOCK_LOCATIONS gives them.</summary>
    public static JsonObject Internal(long length, IReadOnlyList<(long Offset, StoredBlock Block)> located, WebHdfsServer server) => new()
    {
        ["fileLength"] = length,
        ["isLastBlockComplete"] = true,
        ["isUnderConstruction"] = false,
        ["lastLocatedBlock"] = located.Count > 0 ? Internal(located[^1], server) : null,
        ["locatedBlocks"] = new JsonArray([.. located.Select(block => Internal(block, server))]),
    };

    private static JsonObject Internal((long Offset, StoredBlock Block) located, WebHdfsServer server)
    {
        int[] nodes = [.. located.Block.Nodes.Where(server.IsKnown)];
        return new JsonObject
        {
            ["block"] = new JsonObject
            {
                ["blockId"] = located.Block.Id,
                ["blockPoolId"] = "BP-1-127.0.0.1-1",
                ["generationStamp"] = 1001,
                ["numBytes"] = located.Block.Bytes.Length,
            },
            ["blockToken"] = new JsonObject { ["urlString"] = "AAAAAA" },
            ["cachedLocations"] = new JsonArray(),
            ["isCorrupt"] = false,
            ["locations"] = new JsonArray([.. nodes.Select(node => new JsonObject
            {
                ["adminState"] = "NORMAL",
                ["hostName"] = server.DataNodeHost(node),
                ["infoPort"] = server.DataNodePort(node),
                ["ipAddr"] = server.DataNodeHost(node),
                ["name"] = $"{server.DataNodeHost(node)}:{TransferPort}",
                ["networkLocation"] = "/default-rack",
                ["xferPort"] = TransferPort,
            })]),
            ["startOffset"] = located.Offset,
            ["storageTypes"] = Texts(nodes.Select(_ => "DISK")),
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
