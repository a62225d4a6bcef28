using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Api.Jobs;

/// <summary>What a question about each source is to be split into. Patterns are looked up by a worker, since this process reaches no store.</summary>
internal sealed class EachSource(BlazeClient client, ApiOptions options)
{
    /// <summary>The sources, each once: those that are no patterns, then the files that the patterns match.</summary>
    /// <exception cref="ProblemException">There are too many, or nobody has looked them up in time.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(JobSpec spec, SubmitOptions how, CancellationToken cancellationToken)
    {
        var patterns = spec.Sources.ToLookup(source => SourcePattern.Parse(source, "/").IsPattern);
        var plain = patterns[false].Distinct().ToList();
        if (plain.Count > options.MaxJobsOfRequest)
            throw new ProblemException(ProblemKind.InvalidField, $"{plain.Count} jobs are more than the {options.MaxJobsOfRequest} one request may become: name fewer sources.", "sources");
        if (!patterns[true].Any())
            return plain;
        var files = await FindAsync(spec with { Sources = [.. patterns[true]] }, how, cancellationToken);
        string[] all = [.. plain.Union(files)];
        return all.Length <= options.MaxJobsOfRequest
            ? all
            : throw new ProblemException(ProblemKind.InvalidField, $"{all.Length} jobs are more than the {options.MaxJobsOfRequest} one request may become: narrow the patterns.", "sources");
    }

    private async Task<IReadOnlyList<string>> FindAsync(JobSpec patterns, SubmitOptions how, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.LookupPatience, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await client.FindFilesAsync(patterns, options.MaxJobsOfRequest, how, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(ProblemKind.NotLookedUp, $"No worker has looked up the patterns within {options.LookupPatience.TotalSeconds:0} seconds; no job was submitted.", "sources");
        }
    }
}
