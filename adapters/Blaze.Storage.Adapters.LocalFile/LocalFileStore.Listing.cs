using System.Runtime.CompilerServices;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <content>Listing directories.</content>
public sealed partial class LocalFileStore
{
    /// <summary>
    /// The regular files below a directory, hidden ones included, links to files and directories followed. Links that lead in
    /// a circle are an error, and so is a directory that cannot be read; links to nothing, and what is no regular file, are
    /// left out. Memory is taken for the names of the directories above the current file. Leftovers of writers that died
    /// are removed in passing.
    /// </summary>
    public async IAsyncEnumerable<ResourceInfo> ListAsync(
        ResourceUri prefix, ListFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new Stack<DirectoryWalk>();
        var root = LocalPath.Of(prefix);
        if (await Task.Run(() => DirectoryWalk.Enter(root, open, filter), cancellationToken).ConfigureAwait(false) is { } first)
            open.Push(first);
        while (open.TryPeek(out var directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!directory.TryNext(out var entry))
            {
                open.Pop();
                continue;
            }

            var path = LocalPath.Join(directory.Path, entry.Name);
            if (entry.IsDirectory)
            {
                if (await Task.Run(() => DirectoryWalk.Enter(path, open, filter), cancellationToken).ConfigureAwait(false) is { } next)
                    open.Push(next);
            }
            else if (await FileAsync(path, filter, cancellationToken).ConfigureAwait(false) is { } info)
            {
                yield return info;
            }
        }
    }

    private async ValueTask<ResourceInfo?> FileAsync(byte[] path, ListFilter? filter, CancellationToken cancellationToken)
    {
        var uri = LocalPath.ToUri(path);
        if (filter?.Takes(uri) == false)
            return null;
        var error = FileStatus.Of(path, followLinks: true, out var status);
        if (error is Errno.NoEntry or Errno.NotDirectory || (error == 0 && !status.IsRegular))
            return null;
        if (error != 0)
            throw LocalErrors.Reading(error, uri);
        try
        {
            return InfoOf(uri, await SettledAsync(path, status, uri, cancellationToken).ConfigureAwait(false));
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>A directory that is being listed.</summary>
    private sealed class DirectoryWalk
    {
        private readonly List<WalkEntry> _entries;
        private readonly (ulong Device, ulong Inode) _identity;
        private int _next;

        private DirectoryWalk(byte[] path, FileStatus status, List<WalkEntry> entries)
        {
            Path = path;
            _identity = (status.Device, status.Inode);
            _entries = entries;
        }

        public byte[] Path { get; }

        /// <summary>Reads a directory's names; null where it is gone, is none, or does not matter.</summary>
        public static DirectoryWalk? Enter(byte[] path, Stack<DirectoryWalk> above, ListFilter? filter)
        {
            var uri = LocalPath.ToUri(path);
            if (above.Count > 0 && filter?.Enters(uri) == false)
                return null;
            var error = FileStatus.Of(path, followLinks: true, out var status);
            if (error == 0 && above.Any(directory => directory._identity == (status.Device, status.Inode)))
                throw LocalErrors.LinkCircle(uri);
            var entries = new List<DirectoryEntry>();
            error = error != 0 ? error : DirectoryEntries.Read(path, out entries);
            if (error is Errno.NoEntry or Errno.NotDirectory)
                return null;
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            return new DirectoryWalk(path, status, Sorted(path, entries));
        }

        public bool TryNext(out WalkEntry entry)
        {
            var more = _next < _entries.Count;
            entry = more ? _entries[_next] : default;
            if (more)
                _entries[_next++] = default;
            return more;
        }

        private static List<WalkEntry> Sorted(byte[] path, List<DirectoryEntry> entries)
        {
            var result = new List<WalkEntry>(entries.Count);
            foreach (var entry in entries)
            {
                if (StagedFile.IsStagedName(entry.Name))
                    Leftovers.RemoveIfAbandoned(LocalPath.Join(path, entry.Name));
                else if (entry.Type is EntryType.Directory or EntryType.Regular or EntryType.Link or EntryType.Unknown)
                    result.Add(new WalkEntry(entry.Name, IsDirectory(path, entry)));
            }

            result.Sort(WalkEntry.Compare);
            return result;
        }

        private static bool IsDirectory(byte[] path, DirectoryEntry entry) => entry.Type switch
        {
            EntryType.Directory => true,
            EntryType.Regular => false,
            _ => FileStatus.Of(LocalPath.Join(path, entry.Name), followLinks: true, out var status) == 0 && status.IsDirectory,
        };
    }

    private readonly record struct WalkEntry(byte[] Name, bool IsDirectory)
    {
        /// <summary>The order of whole paths: a directory's name goes on with a slash.</summary>
        public static int Compare(WalkEntry left, WalkEntry right)
        {
            var shared = Math.Min(left.Name.Length, right.Name.Length);
            var order = left.Name.AsSpan(0, shared).SequenceCompareTo(right.Name.AsSpan(0, shared));
            return order != 0 ? order : left.After(shared).CompareTo(right.After(shared));
        }

        private int After(int length) => length < Name.Length ? Name[length] : IsDirectory ? '/' : -1;
    }
}
