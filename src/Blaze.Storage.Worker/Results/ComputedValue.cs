namespace Blaze.Storage.Worker.Results;

/// <summary>A value to be published.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Body">Its encoded form, without a seal.</param>
/// <param name="Stored">Whether it is a cache entry that later questions may find.</param>
/// <param name="Durable">Whether it may go to the durable cache.</param>
internal sealed record ComputedValue(string Key, byte[] Body, bool Stored, bool Durable);
