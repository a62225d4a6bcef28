using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Blaze.Storage.Adapters.S3.Writing;

/// <summary>The parts of an upload that the service has, by number from 0. Safe for use by several threads.</summary>
internal sealed class UploadedParts(IEnumerable<KeyValuePair<int, UploadedPart>> known)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, UploadedPart> _parts = new(new Dictionary<int, UploadedPart>(known));

    public IReadOnlyCollection<int> Numbers
    {
        get
        {
            lock (_lock)
                return [.. _parts.Keys];
        }
    }

    public void Set(int number, UploadedPart part)
    {
        lock (_lock)
            _parts[number] = part;
    }

    /// <summary>All parts in order.</summary>
    /// <exception cref="InvalidOperationException">A number before the highest one is missing.</exception>
    public IReadOnlyList<UploadedPart> Whole()
    {
        lock (_lock)
        {
            return _parts.Count == 0 || _parts.Keys.Last() == _parts.Count - 1
                ? [.. _parts.Values]
                : throw new InvalidOperationException("A part before the last one was never put.");
        }
    }

    /// <summary>What a completion names.</summary>
    public static List<PartETag> TagsOf(IReadOnlyList<UploadedPart> parts) => [.. parts.Select((part, index) => new PartETag(index + 1, part.ETag))];

    /// <summary>
    /// The version of the completed object, by the rule that AWS and Ceph share: the MD5 of the parts' MD5s, a hyphen and their
    /// number. Ceph 16 does not say it when it completes, and asking later could find an object that was written since.
    /// </summary>
    /// <returns>Null where the parts' ETags are no MD5s.</returns>
    public static S3Version? ExpectedVersion(IReadOnlyList<UploadedPart> parts)
    {
        var digests = new byte[parts.Count * MD5.HashSizeInBytes];
        for (var index = 0; index < parts.Count; index++)
        {
            var digest = parts[index].ETag.Trim('"');
            var target = digests.AsSpan(index * MD5.HashSizeInBytes, MD5.HashSizeInBytes);
            if (digest.Length != 2 * MD5.HashSizeInBytes || Convert.FromHexString(digest, target, out _, out _) != System.Buffers.OperationStatus.Done)
                return null;
        }

#pragma warning disable CA5351 // It is S3 that names objects so; nothing is protected by it here.
        var whole = Convert.ToHexStringLower(MD5.HashData(digests));
#pragma warning restore CA5351
        return new S3Version(string.Create(CultureInfo.InvariantCulture, $"{whole}-{parts.Count}"), parts.Sum(part => part.Length));
    }
}
