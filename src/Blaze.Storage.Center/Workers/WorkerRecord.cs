namespace Blaze.Storage.Center.Workers;

/// <summary>A worker that was heard of within the last minute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Info">JSON text it told about itself.</param>
/// <param name="LastSeen">When it last renewed its leases, on the server's clock.</param>
public sealed record WorkerRecord(string Name, string Info, DateTimeOffset LastSeen);
