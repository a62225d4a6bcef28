using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>The environment variable with the cluster key: command lines can be read by every user of a machine.</summary>
internal static class ClusterKeyVariable
{
    /// <summary>Its name.</summary>
    public const string Name = "BLAZE_CLUSTER_KEY";

    /// <summary>The key, or null where the variable is not set.</summary>
    /// <exception cref="Core.BlazeException">It is set to what is no key.</exception>
    public static ClusterKey? Read() => Environment.GetEnvironmentVariable(Name) is { Length: > 0 } text ? ClusterKey.Parse(text) : null;
}
