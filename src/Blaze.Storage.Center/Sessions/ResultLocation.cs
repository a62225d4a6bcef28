namespace Blaze.Storage.Center.Sessions;

/// <summary>Where a value lies that the center does not have itself.</summary>
/// <param name="Workers">Names of the workers that hold it, one or more; each may be gone by now.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Checksum">CRC-32C of its bytes.</param>
public sealed record ResultLocation(IReadOnlyList<string> Workers, long Length, uint Checksum);
