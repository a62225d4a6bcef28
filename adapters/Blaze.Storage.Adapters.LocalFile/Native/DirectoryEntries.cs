using System.Runtime.InteropServices;

namespace Blaze.Storage.Adapters.LocalFile.Native;

/// <summary>What an entry is, as far as the directory itself says; the numbers are the system's.</summary>
internal enum EntryType : byte
{
    Unknown = 0,
    Directory = 4,
    Regular = 8,
    Link = 10,
}

/// <summary>A name in a directory, as bytes without a NUL.</summary>
internal readonly record struct DirectoryEntry(byte[] Name, EntryType Type);

/// <summary>Reads directories.</summary>
internal static unsafe class DirectoryEntries
{
    // struct dirent with 64-bit offsets: inode, offset, record length, type, name.
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    /// <summary>All entries but <c>.</c> and <c>..</c>, in no order; gives the error number, 0 for none.</summary>
    public static int Read(byte[] path, out List<DirectoryEntry> entries)
    {
        entries = [];
        nint directory;
        fixed (byte* name = path)
            directory = LibC.OpenDirectory(name);
        if (directory == 0)
            return Marshal.GetLastPInvokeError();
        try
        {
            while (true)
            {
                var entry = LibC.ReadDirectory(directory);
                if (entry is null)
                    return Marshal.GetLastPInvokeError();
                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    entries.Add(new DirectoryEntry(name.ToArray(), (EntryType)entry[TypeOffset]));
            }
        }
        finally
        {
            _ = LibC.CloseDirectory(directory);
        }
    }
}
