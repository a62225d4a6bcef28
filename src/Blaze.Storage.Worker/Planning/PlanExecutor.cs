using System.Text.Json;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Results;

namespace Blaze.Storage.Worker.Planning;

/// <summary>Expands a job, or a part of a large one, into tasks.</summary>
/// <param name="resolver">Finds the sources.</param>
/// <param name="lookup">Finds what is known.</param>
/// <param name="locator">Asks where sources lie.</param>
/// <param name="results">Where the answer must be readable in the end.</param>
/// <param name="liveHosts">Which hosts have workers, this one included.</param>
internal sealed class PlanExecutor(
    SourceResolver resolver, KnownBlocksLookup lookup, SourceLocator locator, ResultStore results, Func<CancellationToken, Task<LiveHosts>> liveHosts)
{
    /// <summary>Plans a whole job.</summary>
    public async Task<TaskOutcome> PlanAsync(string taskKey, PlanRecipe recipe, CancellationToken cancellationToken)
    {
        var extents = await resolver.ResolveAsync(recipe.Job, cancellationToken);
        var bytes = extents.Sum(extent => extent.Range.Length);
        var level = TaskLevel.For(bytes, (await liveHosts(cancellationToken)).Slots, extents[0].Operation, AreRemote(extents));
        var plan = extents.Count <= Planner.MostExtents
            ? ReadableByAll(await PlanAsync(extents, level, recipe.Job.Durable, null, SeedOf(taskKey), cancellationToken), extents, recipe.Job.Durable)
            : Planner.OfGroups([.. extents.Chunk(Planner.MostExtents)], level, recipe.Job.Durable, SeedOf(taskKey));
        return new TaskOutcome.Continued(plan, bytes, JsonSerializer.Serialize(DetailOf(recipe.Job, extents), JobJson.Default.JobDetail));
    }

    /// <summary>Plans a part of a job.</summary>
    public async Task<TaskOutcome> ExpandAsync(string taskKey, ExpandRecipe recipe, CancellationToken cancellationToken)
    {
        var extents = recipe.Extents.Select(extent => extent.ToExtent()).ToList();
        return new TaskOutcome.Continued(await PlanAsync(extents, recipe.Level, recipe.Durable, recipe.Root, SeedOf(taskKey), cancellationToken), 0, null);
    }

    private static bool AreRemote(IReadOnlyList<Extent> extents) =>
        extents.Any(extent => extent.Resources.Any(resource => resource.Uri.Scheme != ResourceUri.FileScheme));

    // A large value goes to the durable cache alone, which the client that waits for it may not share.
    private Plan ReadableByAll(Plan plan, IReadOnlyList<Extent> extents, bool durable) =>
        durable && plan.Tasks.Count > 0 && extents is [var only] && plan.Root == only.Key.ToString() && only.Operation.ResultSize(only.Range.Length) > results.InlineLimit
            ? Planner.WithAnswerInCenter(plan, only)
            : plan;

    private async Task<Plan> PlanAsync(
        IReadOnlyList<Extent> extents, int level, bool durable, string? root, int seed, CancellationToken cancellationToken)
    {
        var known = await lookup.FindAsync(extents, durable, cancellationToken);
        var placement = await locator.LocateAsync(known, await liveHosts(cancellationToken), cancellationToken);
        var plan = Planner.Of(known, level, durable, seed, root, placement);
        if (plan.Tasks.Count > 0 || await IsReadableAsync(plan.Root, durable, cancellationToken))
            return plan;
        // The one value that would have been the answer is damaged or gone: it is made again from the blocks.
        known = await lookup.FindBlocksAsync(extents, durable, cancellationToken);
        return Planner.Of(known, level, durable, seed, root, await locator.LocateAsync(known, await liveHosts(cancellationToken), cancellationToken));
    }

    // An answer known from the durable cache alone is brought to the center, where every client can read it.
    private async Task<bool> IsReadableAsync(string root, bool durable, CancellationToken cancellationToken)
    {
        if ((await results.GetAsync([root], durable, cancellationToken))[0] is not { } body)
            return false;
        await results.ShareAsync(root, body, cancellationToken);
        return true;
    }

    private static JobDetail DetailOf(JobSpec spec, IReadOnlyList<Extent> extents)
    {
        var sources = extents
            .SelectMany(extent => extent.Resources.Select(resource => new JobSource(
                resource.Uri.ToString(), resource.Hash.ToString(), resource.Length, extent.Range.Start, extent.Range.End)))
            .ToList();
        var operation = extents[0].Operation;
        return new JobDetail(operation.Name, OperationCatalog.ParametersOf(operation), sources, spec.Start ?? 0, spec.End ?? sources.Max(source => source.Length));
    }

    private static int SeedOf(string taskKey) => string.GetHashCode(taskKey, StringComparison.Ordinal);
}
