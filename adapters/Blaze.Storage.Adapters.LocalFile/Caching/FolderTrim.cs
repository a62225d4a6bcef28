using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Caching;

/// <summary>Removes the least recently used files below a folder. Links are never followed; files may vanish at any time.</summary>
internal sealed class FolderTrim(byte[] root)
{
    /// <summary>Makes room where the files exceed a budget.</summary>
    /// <param name="budget">The bytes above which files go.</param>
    /// <param name="target">The bytes down to which they go.</param>
    /// <param name="usedBefore">Only files last used before this time go.</param>
    /// <returns>The bytes left.</returns>
    /// <exception cref="ObjectStoreException">The folder or one in it cannot be read.</exception>
    public long Run(long budget, long target, Int128 usedBefore)
    {
        var files = new List<CachedFile>();
        Collect(root, files);
        var left = files.Sum(file => file.Length);
        if (left <= budget)
            return left;
        foreach (var file in files.Where(file => file.LastUse < usedBefore).OrderBy(file => file.LastUse))
        {
            if (left <= target)
                break;
            if (TryRemove(file))
                left -= file.Length;
        }

        return left;
    }

    private static void Collect(byte[] directory, List<CachedFile> files)
    {
        var error = DirectoryEntries.Read(directory, out var entries);
        if (error is Errno.NoEntry or Errno.NotDirectory)
            return;
        if (error != 0)
            throw LocalErrors.Reading(error, LocalPath.ToUri(directory));
        foreach (var entry in entries)
        {
            var path = LocalPath.Join(directory, entry.Name);
            if (StagedFile.IsStagedName(entry.Name))
                Leftovers.RemoveIfAbandoned(path);
            else if (FileStatus.Of(path, followLinks: false, out var status) != 0)
                continue;
            else if (status.IsDirectory)
                Collect(path, files);
            else if (status.IsRegular)
                files.Add(new CachedFile(path, status.Length, status.LastUse));
        }
    }

    // A file used since it was looked at is worth keeping after all. Its directory goes with its last file.
    private bool TryRemove(CachedFile file)
    {
        if (FileStatus.Of(file.Path, followLinks: false, out var status) == 0)
        {
            if (status.LastUse != file.LastUse || FileCalls.Unlink(file.Path) is not (0 or Errno.NoEntry))
                return false;
        }

        var directory = LocalPath.Parent(file.Path);
        if (!directory.AsSpan().SequenceEqual(root))
            _ = FileCalls.RemoveDirectory(directory);
        return true;
    }

    private readonly record struct CachedFile(byte[] Path, long Length, Int128 LastUse);
}
