using System.Globalization;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>
/// The folder that remembers copies which ended early: a file each, named by what is copied (one version), where to and in what parts.
/// </summary>
internal sealed class CopyJournals(string folder, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary><c>$XDG_STATE_HOME/blaze/copies</c> where that variable is an absolute path, else <c>~/.local/state/blaze/copies</c>.</summary>
    public static string DefaultFolder =>
        FolderFrom(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>As <see cref="DefaultFolder"/>, of a given environment.</summary>
    public static string FolderFrom(Func<string, string?> environment, string home)
    {
        // The XDG base directory specification says to ignore a relative path.
        var state = environment("XDG_STATE_HOME");
        var root = state is ['/', ..] ? state : Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".local", "state");
        return Path.Combine(root, "blaze", "copies");
    }

    /// <summary>The journal of a copy, an old one or a new one; nobody else has it while this process does.</summary>
    /// <exception cref="CopyException">Another process has it, or the folder cannot be written.</exception>
    public CopyJournal Open(ResourceInfo source, ResourceUri target, int partSize, bool overwrite)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{source.Uri}\n{target}\n{partSize}\n{overwrite}");
        var path = Path.Combine(folder, $"{ResourceHash.Of(what, source.Version)}.json");
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new CopyJournal(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw IsHeld(failure)
                ? new CopyException($"Another process is copying '{source.Uri.Display}' to the same place; wait until it has ended.", failure)
                : new CopyException($"It cannot be noted in {folder} how far a copy has come: {failure.Message} Set XDG_STATE_HOME to a folder that can be written.", failure);
        }
    }

    /// <summary>Removes what nobody came back to; the stores have dropped such uploads or will by rules of their own.</summary>
    public void DropOld()
    {
        var oldest = time.GetUtcNow().UtcDateTime - KeptFor;
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            try
            {
                if (File.GetLastWriteTimeUtc(path) >= oldest)
                    continue;
                using var journal = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // In use, or gone by now.
            }
        }
    }

    // What a lock of somebody else's gives.
    private static bool IsHeld(Exception failure) => failure is IOException { HResult: 11 };
}
