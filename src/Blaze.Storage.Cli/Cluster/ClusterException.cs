using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>A center or a cluster could not be started, found or stopped. The message is one plain sentence.</summary>
internal sealed class ClusterException : BlazeException
{
    public ClusterException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
