using Blaze.Storage.Center;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>How a center was found.</summary>
internal enum CenterOrigin
{
    /// <summary>Named on the command line.</summary>
    Option,

    /// <summary>Named by <see cref="ClusterLocator.Variable"/>.</summary>
    Variable,

    /// <summary>The cluster that <c>blaze up</c> keeps running for this user.</summary>
    RunningCluster,
}

/// <summary>A center that runs already.</summary>
internal sealed record LocatedCenter(CenterAddress Address, CenterOrigin Origin);

/// <summary>Decides which center a command talks to.</summary>
internal static class ClusterLocator
{
    /// <summary>The environment variable that names the center to use.</summary>
    public const string Variable = "BLAZE_CENTER";

    /// <summary>The environment variable that names the file with its address, for secrets that are mounted.</summary>
    public const string FileVariable = "BLAZE_CENTER_FILE";

    /// <summary>
    /// The center named by the option, else by the environment, else that of the user's running cluster; null where there is none
    /// of these, so that a command starts an <see cref="EmbeddedCenter"/> of its own.
    /// </summary>
    /// <param name="option">What <c>--center</c> said, or null.</param>
    /// <exception cref="CenterException">The option's address is malformed.</exception>
    /// <exception cref="ClusterException">The environment's address is malformed, or the file it names cannot be read.</exception>
    public static LocatedCenter? Locate(string? option) =>
        Locate(option, Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : OfFile(Environment.GetEnvironmentVariable(FileVariable)), RunFolder.Find);

    internal static LocatedCenter? Locate(string? option, string? variable, Func<RunFolder?> find)
    {
        if (!string.IsNullOrEmpty(option))
            return new LocatedCenter(CenterAddress.Parse(option), CenterOrigin.Option);
        if (!string.IsNullOrEmpty(variable))
            return new LocatedCenter(OfVariable(variable), CenterOrigin.Variable);
        return find()?.FindRunning() is { } cluster ? new LocatedCenter(cluster.Address, CenterOrigin.RunningCluster) : null;
    }

    internal static string? OfFile(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The center's address cannot be read from '{file}', which {FileVariable} names: {problem.Message.TrimEnd('.')}.", problem);
        }
    }

    private static CenterAddress OfVariable(string variable)
    {
        try
        {
            return CenterAddress.Parse(variable);
        }
        catch (CenterException failure)
        {
            throw new ClusterException($"{Variable}: {failure.Message}", failure);
        }
    }
}
