using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>What a command line asks.</summary>
/// <param name="Op">The operation's name.</param>
/// <param name="Parameters">Its parameters, those given.</param>
/// <param name="Sources">Canonical URIs or patterns.</param>
/// <param name="Range">The bytes of each source.</param>
/// <param name="Each">Whether every file is a question of its own.</param>
/// <param name="Json">Whether answers are written as JSON.</param>
/// <param name="Verbose">Whether failures are told with their stacks.</param>
/// <param name="Cluster">Who is asked.</param>
internal sealed record Question(
    string Op,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<string> Sources,
    AskedRange Range,
    bool Each,
    bool Json,
    bool Verbose,
    ClusterChoice Cluster)
{
    /// <summary>The question about some sources, as a job.</summary>
    public JobSpec SpecOf(IReadOnlyList<string> sources) => new(Op, Parameters, sources, Range.Start, Range.End, Durable: !Cluster.Caches.LeftOut);
}
