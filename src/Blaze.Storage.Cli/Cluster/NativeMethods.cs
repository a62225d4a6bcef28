using System.Runtime.InteropServices;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Calls into libc that .NET has no name for.</summary>
internal static partial class NativeMethods
{
    public const int Sigterm = 15;
    public const int Sigkill = 9;

    private const string Library = "libc";
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int FolderType = 0x4000;

    /// <summary>The user this process acts as.</summary>
    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Sends a signal to a process, or to a process group when the id is negative; 0 when it was sent.</summary>
    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>Who owns a folder, and its permission bits; null when the path is no folder, a symbolic link to one included.</summary>
    public static (uint Owner, int Permissions)? Folder(string path)
    {
        if (Statx(CurrentFolder, path, NoFollow, TypeModeAndOwner, out var facts) != 0 || (facts.Mode & 0xF000) != FolderType)
            return null;
        return (facts.Owner, facts.Mode & 0x0FFF);
    }

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out Facts facts);

    /// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
