using System.Globalization;
using Blaze.Storage.Core;

namespace Blaze.Storage.Worker.Data.Spill;

/// <summary>
/// The folder in which one worker keeps values that do not fit its memory. A file in it is locked for as long as its worker lives; the
/// folders of dead ones are removed by the next worker that starts.
/// </summary>
internal sealed class SpillFolder : IDisposable
{
    private const string Prefix = "blaze-spill-";
    private const string LockName = "owner.lock";
    private const int Attempts = 5;
    private readonly string _folder;
    private readonly FileStream _lock;
    private long _files;

    private SpillFolder(string folder, FileStream ownLock)
    {
        _folder = folder;
        _lock = ownLock;
    }

    /// <summary>Makes a new folder below another one, and removes those of dead workers.</summary>
    /// <exception cref="BlazeException">The folder cannot be used.</exception>
    public static SpillFolder Open(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            foreach (var folder in Directory.EnumerateDirectories(root, Prefix + "*"))
                RemoveIfDead(folder);
            return Create(Path.GetFullPath(root));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BlazeException($"Values cannot be kept in '{root}': {exception.Message.TrimEnd('.')}; name another folder, or none.", exception);
        }
    }

    /// <summary>A name that no file had yet.</summary>
    public string NextFile() =>
        Path.Combine(_folder, Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture) + ".value");

    /// <inheritdoc/>
    public void Dispose() => Remove(_folder, _lock);

    private static SpillFolder Create(string root)
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = Path.Combine(root, Prefix + Path.GetRandomFileName());
            try
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(folder);
                else
                    Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                return new SpillFolder(folder, Lock(folder, FileMode.CreateNew));
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(root))
            {
                // Another worker that starts took it for a dead one's, in the moment before it was locked.
            }
        }
    }

    private static void RemoveIfDead(string folder)
    {
        try
        {
            Remove(folder, Lock(folder, FileMode.Open));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its worker lives, or is another user's, or is about to lock it.
        }
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static void Remove(string folder, FileStream heldLock)
    {
        using (heldLock)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A value that is still read keeps its file for a moment; the next worker that starts removes the rest.
            }
        }
    }
}
