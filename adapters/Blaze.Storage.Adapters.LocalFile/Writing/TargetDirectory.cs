using Blaze.Storage.Adapters.LocalFile.Native;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>Creates the directories that files are written to.</summary>
internal static class TargetDirectory
{
    /// <summary>rwxrwxrwx, less the process's mask.</summary>
    public const uint SharedMode = 0x1ff;

    /// <summary>rwx------.</summary>
    public const uint PrivateMode = 0x1c0;

    /// <summary>Creates a directory with the given mode, and those above it with <see cref="SharedMode"/>; gives the error number, 0 for none.</summary>
    public static int Create(byte[] path, uint mode = SharedMode)
    {
        var error = FileCalls.MakeDirectory(path, mode);
        var parent = LocalPath.Parent(path);
        if (error != Errno.NoEntry || parent.Length >= path.Length)
            return error;
        error = Create(parent);
        return error is 0 or Errno.Exists ? FileCalls.MakeDirectory(path, mode) : error;
    }
}
