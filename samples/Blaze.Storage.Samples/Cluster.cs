using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Samples;

/// <summary>Finds the cluster the samples run on.</summary>
internal static class Cluster
{
    /// <summary>Connects to the center that <c>BLAZE_CENTER</c> names, else to that of <c>blaze up</c>; with the key in <c>BLAZE_CLUSTER_KEY</c>, if any.</summary>
    /// <exception cref="BlazeException">There is none.</exception>
    public static Task<BlazeClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var address = Environment.GetEnvironmentVariable("BLAZE_CENTER") is { Length: > 0 } named ? named : OfRunningCluster();
        var key = Environment.GetEnvironmentVariable("BLAZE_CLUSTER_KEY") is { Length: > 0 } text ? ClusterKey.Parse(text) : null;
        return BlazeClient.ConnectAsync(CenterAddress.Parse(address), new BlazeClientOptions { ClusterKey = key }, cancellationToken);
    }

    private static string OfRunningCluster()
    {
        var folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? Path.Combine(runtime, "blaze") : $"/tmp/blaze-{UserId()}";
        var record = Path.Combine(folder, "cluster.json");
        if (!File.Exists(record))
            throw new BlazeException("No cluster is running: start one with `./blaze up --detach`, or name a center in BLAZE_CENTER.");
        using var json = JsonDocument.Parse(File.ReadAllText(record));
        return json.RootElement.GetProperty("center").GetString()!;
    }

    private static string UserId() =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];
}
