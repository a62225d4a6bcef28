using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>The environment variables with the cluster key, or with the file it is in: command lines can be read by every user of a machine.</summary>
internal static class ClusterKeyVariable
{
    /// <summary>The key itself; it comes first.</summary>
    public const string Name = "BLAZE_CLUSTER_KEY";

    /// <summary>The file.</summary>
    public const string FileName = "BLAZE_CLUSTER_KEY_FILE";

    /// <summary>The key, or null where neither variable is set.</summary>
    /// <exception cref="Core.BlazeException">What is there is no key, or the file cannot be read.</exception>
    public static ClusterKey? Read()
    {
        if (Environment.GetEnvironmentVariable(Name) is { Length: > 0 } text)
            return ClusterKey.Parse(text);
        if (Environment.GetEnvironmentVariable(FileName) is not { Length: > 0 } file)
            return null;
        try
        {
            return ClusterKey.Parse(File.ReadAllText(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The cluster key cannot be read from '{file}', which {FileName} names: {problem.Message.TrimEnd('.')}.");
        }
    }
}
