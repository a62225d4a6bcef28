namespace Blaze.Storage.Core.Planning;

/// <summary>A host on which workers live.</summary>
/// <param name="Name">Its name, as its workers call it: the place their tasks prefer.</param>
/// <param name="Slots">How many tasks its workers run at once.</param>
public sealed record LiveHost(string Name, int Slots);
