using System.Text.Json.Serialization;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>What a name node knows of a file or directory. HttpFS gives no <paramref name="FileId"/>.</summary>
internal sealed record FileStatus(string PathSuffix, string Type, long Length, long ModificationTime, long FileId, long BlockSize)
{
    [JsonIgnore]
    public bool IsFile => Type == "FILE";

    [JsonIgnore]
    public bool IsDirectory => Type == "DIRECTORY";

    [JsonIgnore]
    public string Version => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{FileId}-{ModificationTime}-{Length}");
}

internal sealed record FileStatusAnswer([property: JsonPropertyName("FileStatus"), JsonRequired] FileStatus FileStatus);

internal sealed record FileStatuses([property: JsonPropertyName("FileStatus"), JsonRequired] IReadOnlyList<FileStatus> Entries);

internal sealed record FileStatusesAnswer([property: JsonPropertyName("FileStatuses"), JsonRequired] FileStatuses FileStatuses);

internal sealed record DirectoryListing([property: JsonRequired] FileStatusesAnswer PartialListing, long RemainingEntries);

internal sealed record DirectoryListingAnswer([property: JsonPropertyName("DirectoryListing"), JsonRequired] DirectoryListing DirectoryListing);

internal sealed record BlockLocation(long Offset, long Length, IReadOnlyList<string>? Hosts, IReadOnlyList<string>? CachedHosts);

internal sealed record BlockLocations([property: JsonPropertyName("BlockLocation")] IReadOnlyList<BlockLocation>? Blocks);

internal sealed record BlockLocationsAnswer([property: JsonPropertyName("BlockLocations"), JsonRequired] BlockLocations BlockLocations);

internal sealed record Block(long NumBytes);

internal sealed record DataNode(string? HostName, string? IpAddr);

internal sealed record LocatedBlock([property: JsonRequired] Block Block, long StartOffset, IReadOnlyList<DataNode>? Locations, IReadOnlyList<DataNode>? CachedLocations);

internal sealed record LocatedBlocks([property: JsonPropertyName("locatedBlocks")] IReadOnlyList<LocatedBlock>? Blocks);

internal sealed record LocatedBlocksAnswer([property: JsonPropertyName("LocatedBlocks"), JsonRequired] LocatedBlocks LocatedBlocks);

internal sealed record BooleanAnswer([property: JsonRequired] bool Boolean);

internal sealed record FileChecksum([property: JsonRequired] string Algorithm, [property: JsonRequired] string Bytes);

internal sealed record FileChecksumAnswer([property: JsonPropertyName("FileChecksum"), JsonRequired] FileChecksum FileChecksum);

internal sealed record RemoteExceptionBody(string? Exception, string? Message);

internal sealed record RemoteExceptionAnswer([property: JsonPropertyName("RemoteException"), JsonRequired] RemoteExceptionBody RemoteException);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FileStatusAnswer))]
[JsonSerializable(typeof(FileStatusesAnswer))]
[JsonSerializable(typeof(DirectoryListingAnswer))]
[JsonSerializable(typeof(BlockLocationsAnswer))]
[JsonSerializable(typeof(LocatedBlocksAnswer))]
[JsonSerializable(typeof(BooleanAnswer))]
[JsonSerializable(typeof(FileChecksumAnswer))]
[JsonSerializable(typeof(RemoteExceptionAnswer))]
internal sealed partial class AnswerContext : JsonSerializerContext;
