using System.Globalization;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>What a worker keeps, and where.</summary>
/// <param name="Place">The durable cache: a folder or a location, or null for the user's cache folder.</param>
/// <param name="LeftOut">Whether there is no durable cache.</param>
/// <param name="Blocks">The budget in bytes of the cache of blocks read from other hosts, or null for none.</param>
internal sealed record CacheChoice(string? Place = null, bool LeftOut = false, long? Blocks = null)
{
    /// <summary>The words that make the same choice on another command line.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Place is null ? (string[])[] : [CacheOptions.Cache, Place],
        .. LeftOut ? [CacheOptions.NoCache] : (string[])[],
        .. Blocks is { } bytes ? [CacheOptions.BlockCache, bytes.ToString(CultureInfo.InvariantCulture)] : (string[])[],
    ];
}
