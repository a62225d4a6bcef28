namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>Which cluster a command asks for.</summary>
/// <param name="Center">The center's address as given by <c>--center</c>, or null: the environment's, the running cluster's, or an embedded one.</param>
/// <param name="Caches">What an embedded worker keeps.</param>
/// <param name="Slots">Tasks an embedded worker computes at once, or null for as many as there are processors.</param>
/// <param name="MayEmbed">Whether a center and a worker are started for this command where no cluster is found.</param>
internal sealed record ClusterChoice(string? Center, CacheChoice Caches, int? Slots, bool MayEmbed);
