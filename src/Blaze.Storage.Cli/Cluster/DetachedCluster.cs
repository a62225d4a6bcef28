using System.Diagnostics;
using System.Globalization;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Starts a cluster that belongs to no terminal.</summary>
internal static class DetachedCluster
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts <c>blaze up</c> in a session of its own and returns when the cluster is up.</summary>
    /// <exception cref="ClusterException">It ended instead; the message holds what it wrote.</exception>
    public static async Task<ClusterRecord> StartAsync(RunFolder folder, int workers, IEnumerable<string> arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var self = ProgramPath.Self(["up", "--workers", workers.ToString(CultureInfo.InvariantCulture), .. arguments]);
        string[] session = ProgramPath.Find("setsid") is { } setsid ? [setsid] : [];
        string[] words = [.. session, "sh", "-c", """log=$1; shift; umask 077; exec "$@" >"$log" 2>&1 </dev/null""", "blaze-up", folder.LogFile, self.Program, .. self.Arguments];
        using var process = Process.Start(words[0], words.AsSpan(1).ToArray());
        var began = time.GetTimestamp();
        while (!process.HasExited && time.GetElapsedTime(began) < Deadline)
        {
            if (folder.FindRunning() is { } cluster && cluster.Process.Id == process.Id)
                return cluster;
            await Task.Delay(Pause, time, cancellationToken);
        }
        var wrote = File.Exists(folder.LogFile) ? (await File.ReadAllTextAsync(folder.LogFile, cancellationToken)).Trim() : "";
        throw new ClusterException($"The cluster did not start; it wrote: {wrote}");
    }
}
