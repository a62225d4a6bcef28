using Blaze.Storage.Center;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>What to start as a child process.</summary>
/// <param name="Program">A name on PATH or a path.</param>
/// <param name="Arguments">Visible to every user of the machine, so never a secret.</param>
internal sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>One line the child finds on its standard input, which is a file no other process can open; null for an empty input.</summary>
    public string? SecretInput { get; init; }

    /// <summary>Variables added to the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How much the child gives way to others where processors are short, as <c>nice</c> counts it: 0 (not at all) to 19.</summary>
    public int Niceness { get; init; }

    /// <summary>The same command in the cluster of a center, whose password only the environment carries.</summary>
    public ChildCommand InCluster(CenterAddress center) =>
        this with { Environment = new Dictionary<string, string>(Environment) { [ClusterLocator.Variable] = center.ToUriWithPassword() } };
}
