using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>A file or directory of the tree.</summary>
internal abstract class Inode(long id, string owner, int mode, long time)
{
    public long Id => id;

    public string Owner => owner;

    /// <summary>Permission bits.</summary>
    public int Mode { get; set; } = mode;

    /// <summary>Milliseconds since 1970.</summary>
    public long Modified { get; set; } = time;

    /// <summary>Whether a user may: 4 read, 2 write, 1 enter. There are no groups here but that of the owner.</summary>
    public bool Allows(string user, int bit) => (Mode & (user == Owner ? bit << 6 : bit)) != 0;

    public JsonObject Json(string suffix, bool withId)
    {
        var json = new JsonObject
        {
            ["accessTime"] = this is FileInode ? Modified : 0,
            ["blockSize"] = this is FileInode file ? file.BlockSize : 0,
            ["group"] = "supergroup",
            ["length"] = this is FileInode { Length: var length } ? length : 0,
            ["modificationTime"] = Modified,
            ["owner"] = Owner,
            ["pathSuffix"] = suffix,
            ["permission"] = Convert.ToString(Mode, 8),
            ["replication"] = this is FileInode { Replicas: var replicas } ? replicas : 0,
            ["type"] = this is FileInode ? "FILE" : "DIRECTORY",
        };
        if (withId)
        {
            json["childrenNum"] = this is DirectoryInode directory ? directory.Children.Count : 0;
            json["fileId"] = Id;
            json["storagePolicy"] = 0;
        }

        return json;
    }

    public string Detail => string.Create(CultureInfo.InvariantCulture, $"{Owner}:supergroup:{Convert.ToString(Mode, 8)}");
}

internal sealed class DirectoryInode(long id, string owner, int mode, long time) : Inode(id, owner, mode, time)
{
    /// <summary>By the bytes of the names.</summary>
    public SortedDictionary<string, Inode> Children { get; } = new(Comparer<string>.Create(
        (left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))));
}

internal sealed class FileInode(long id, string owner, int mode, long time, int blockSize, int replicas) : Inode(id, owner, mode, time)
{
    public int BlockSize => blockSize;

    public int Replicas => replicas;

    public List<StoredBlock> Blocks { get; } = [];

    public long Length => Blocks.Sum(block => (long)block.Bytes.Length);
}

/// <summary>Some bytes of a file.</summary>
/// <param name="Id">The block's number.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Nodes">The data nodes that hold them.</param>
internal sealed record StoredBlock(long Id, byte[] Bytes, IReadOnlyList<int> Nodes);
