namespace Blaze.Storage.Client.Sharing;

/// <summary>What the center keeps of a graph.</summary>
/// <param name="Graph">The key of each call in the table, by its name in the graph.</param>
/// <param name="Owner">Whose it is; null for nobody's in particular.</param>
internal sealed record GraphRecord(IReadOnlyDictionary<string, string> Graph, string? Owner);
