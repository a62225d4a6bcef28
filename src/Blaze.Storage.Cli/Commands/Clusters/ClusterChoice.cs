namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>Which cluster a command asks for.</summary>
/// <param name="Center">The center's address as given by <c>--center</c>, or null: the environment's, the running cluster's, or an embedded one.</param>
/// <param name="Cache">The durable cache of an embedded worker: a folder or a URI, or null for the user's cache folder.</param>
/// <param name="NoCache">Whether the durable cache is left out.</param>
/// <param name="Slots">Tasks an embedded worker computes at once, or null for as many as there are processors.</param>
/// <param name="MayEmbed">Whether a center and a worker are started for this command where no cluster is found.</param>
internal sealed record ClusterChoice(string? Center, string? Cache, bool NoCache, int? Slots, bool MayEmbed);
