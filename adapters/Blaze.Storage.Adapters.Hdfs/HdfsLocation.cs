using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>A path in a cluster.</summary>
/// <param name="Uri">The location that errors speak of.</param>
/// <param name="NameNodes">The cluster.</param>
/// <param name="Path">The path as text, absolute, without a slash at its end (but for the root).</param>
internal sealed record HdfsLocation(ResourceUri Uri, NameNodes NameNodes, string Path)
{
    private string Directory => Path[..Path.LastIndexOf('/')];

    /// <summary>Another path of the same cluster, for the sake of the same location.</summary>
    public HdfsLocation At(string path) => this with { Path = path };

    /// <summary>A name in the same directory.</summary>
    public HdfsLocation Beside(string name) => At($"{Directory}/{name}");

    /// <summary>A name in this directory.</summary>
    public HdfsLocation Below(string name) => At($"{(Path == "/" ? "" : Path)}/{name}");
}
