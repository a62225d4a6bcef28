using Blaze.Storage.Adapters.LocalFile.Native;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>What writers that died left beside their targets.</summary>
internal static class Leftovers
{
    /// <summary>An upload that was left stays this long after its last part, so that it can be gone on with.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Removes a file with a staged name that nobody writes to, and nobody may want to go on with.</summary>
    public static void RemoveIfAbandoned(byte[] path)
    {
        if (FileStatus.Of(path, followLinks: false, out var status) != 0 || !status.IsRegular)
            return;
        if (PartNotes.StagedPathOf(path) is { } staged)
        {
            // Notes come after their staged file, so where that is not, it has been published or removed.
            if (FileStatus.Of(staged, followLinks: false, out _) == Errno.NoEntry)
                _ = FileCalls.Unlink(path);
            return;
        }

        var notes = PartNotes.PathOf(path);
        if (FileStatus.Of(notes, followLinks: false, out var noted) == 0 && MayBeResumed(status, noted))
            return;
        var error = FileCalls.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking, 0, out var handle);
        using (handle)
        {
            // Whoever may not remove it leaves it to those who may.
            if (error == 0 && FileCalls.Lock(handle) == 0 && FileCalls.Unlink(path) == 0)
                _ = FileCalls.Unlink(notes);
        }
    }

    // A second name is the target's: the upload is complete.
    private static bool MayBeResumed(FileStatus staged, FileStatus notes) =>
        staged.Links == 1 && FileClock.Now - Int128.Max(staged.Modified, notes.Modified) < (Int128)KeptFor.TotalNanoseconds;
}
