namespace Blaze.Storage.Cli.Cluster;

/// <summary>Stops the user's running cluster from another process.</summary>
internal static class ClusterStop
{
    private static readonly TimeSpan OrderlyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Stops the cluster and returns when it is gone.</summary>
    /// <returns>The cluster that was stopped, or null when none ran.</returns>
    /// <exception cref="ClusterException">It could not be signalled, or did not end.</exception>
    public static async Task<ClusterRecord?> StopAsync(RunFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (folder.FindRunning() is not { } cluster)
            return null;
        Send(cluster.Process, NativeMethods.Sigterm);
        if (!await cluster.Process.WaitUntilGoneAsync(OrderlyDeadline, time, cancellationToken))
        {
            // Its children follow it, whatever the way it goes.
            Send(cluster.Process, NativeMethods.Sigkill);
            if (!await cluster.Process.WaitUntilGoneAsync(KillDeadline, time, cancellationToken))
                throw new ClusterException($"The cluster (process {cluster.Process.Id}) does not end even when killed; the kernel holds it, perhaps for a disk that does not answer.");
        }
        folder.FindRunning();
        return cluster;
    }

    private static void Send(ProcessIdentity process, int signal)
    {
        if (NativeMethods.Kill(process.Id, signal) != 0 && process.IsRunning)
            throw new ClusterException($"The cluster (process {process.Id}) could not be signalled: {System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage()}.");
    }
}
