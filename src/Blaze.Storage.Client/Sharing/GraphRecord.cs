namespace Blaze.Storage.Client.Sharing;

/// <summary>What the center keeps of a graph.</summary>
/// <param name="Graph">The key of each call in the table, by its name in the graph.</param>
/// <param name="Owner">Whose it is; null for nobody's in particular.</param>
/// <param name="Last">The names of the calls that no other one needs; null in what an older client wrote.</param>
/// <param name="Demands">What calls take, with the operations they call, by their names; null where none takes anything.</param>
internal sealed record GraphRecord(
    IReadOnlyDictionary<string, string> Graph, string? Owner, IReadOnlyList<string>? Last = null, IReadOnlyDictionary<string, string>? Demands = null);
