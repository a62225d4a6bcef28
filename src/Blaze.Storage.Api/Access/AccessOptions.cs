using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Api.Access;

/// <summary>Who may use the REST endpoint, and for what.</summary>
public sealed record AccessOptions
{
    /// <summary>
    /// The file with the API keys' hashes (<see cref="ApiKeyFile"/>), or a folder with several such files, as a mounted secret is. Read again within a second
    /// after it changed. Null for no keys: then it listens on this machine only, and whoever can connect may do everything.
    /// </summary>
    public string? Keys { get; init; }

    /// <summary>The folders, absolute, in which local files may lie that jobs read, once all links are resolved; as the workers' machines see them. Default: none.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>A PEM file with the certificate to listen with, those of its issuers behind it; read again within a second after it changed. Null for no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>A PEM file with the certificate's key, not encrypted; null where it is in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The folders as locations.</summary>
    /// <exception cref="ApiException">One of them is not absolute.</exception>
    internal IReadOnlyList<ResourceUri> FolderLocations => [.. Folders.Select(LocationOf)];

    private static ResourceUri LocationOf(string folder) => folder.StartsWith('/') && !folder.Contains('\0', StringComparison.Ordinal)
        ? ResourceUri.FromLocalPath(folder)
        : throw new ApiException($"'{folder}' cannot be a folder that jobs may read; name an absolute path.");
}
