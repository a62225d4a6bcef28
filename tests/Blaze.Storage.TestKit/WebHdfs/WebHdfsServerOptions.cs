using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>What kind of cluster a test wants.</summary>
public sealed record WebHdfsServerOptions
{
    /// <summary>Name nodes, the first of which is active; the others are standby.</summary>
    public int NameNodes { get; init; } = 2;

    /// <summary>The address of each data node; a data node is known by it.</summary>
    public IReadOnlyList<IPAddress> DataNodes { get; init; } = [IPAddress.Loopback, IPAddress.Loopback];

    /// <summary>Bytes in a block.</summary>
    public int BlockSize { get; init; } = 1024 * 1024;

    /// <summary>Data nodes that hold each block; chosen in turn.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>Entries in a page of a listing.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Whether LISTSTATUS_BATCH is known.</summary>
    public bool KnowsPages { get; init; } = true;

    /// <summary>Whether GETFILEBLOCKLOCATIONS is known; GET_BLOCK_LOCATIONS always is, but by HttpFS.</summary>
    public bool KnowsBlockLocations { get; init; } = true;

    /// <summary>Whether CONCAT is known.</summary>
    public bool KnowsConcat { get; init; } = true;

    /// <summary>
    /// Whether the nodes are HttpFS servers: they serve bytes themselves, take them when <c>data=true</c>, know no options
    /// for renaming, and tell no file ids.
    /// </summary>
    public bool IsHttpFs { get; init; }

    /// <summary>The delegation token every request must carry, or null where none is asked for.</summary>
    public string? Token { get; init; }

    /// <summary>The user who may do everything.</summary>
    public string SuperUser { get; init; } = "hdfs";

    /// <summary>Who a request is by that names nobody.</summary>
    public string DefaultUser { get; init; } = "webuser";

    /// <summary>What nodes prove themselves with; they speak plain HTTP where there is none.</summary>
    public X509Certificate2? Certificate { get; init; }
}
