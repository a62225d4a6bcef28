using System.Globalization;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Adapters.LocalFile.Native;

/// <summary>What the file system says about a name or an open file. Times are nanoseconds since 1970.</summary>
internal readonly record struct FileStatus(
    int Type, long Length, ulong Device, ulong Inode, Int128 Modified, Int128 Accessed, uint Links)
{
    private const int BufferSize = 256;
    private const int TypeMask = 0xf000;
    private const int DirectoryType = 0x4000;
    private const int RegularType = 0x8000;

    public bool IsRegular => Type == RegularType;

    public bool IsDirectory => Type == DirectoryType;

    /// <summary>What the thing is called in a message.</summary>
    public string TypeName => Type switch
    {
        0x1000 => "a named pipe",
        0x2000 => "a character device",
        DirectoryType => "a directory",
        0x6000 => "a block device",
        RegularType => "a regular file",
        0xa000 => "a symbolic link",
        0xc000 => "a socket",
        _ => "something unknown",
    };

    /// <summary>Device, inode, modification time in nanoseconds and length: what makes one version of a file.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{Device}:{Inode}:{Modified}:{Length}");

    /// <summary>When it was last written or read, as far as its times tell.</summary>
    public Int128 LastUse => Int128.Max(Modified, Accessed);

    /// <summary>Looks at a name, or at what it links to; gives the error number, 0 for none.</summary>
    public static unsafe int Of(byte[] path, bool followLinks, out FileStatus status)
    {
        fixed (byte* name = path)
            return Read(LibC.AtCurrentDirectory, name, followLinks ? 0 : LibC.AtSymlinkNoFollow, out status);
    }

    /// <summary>Looks at an open file; gives the error number, 0 for none.</summary>
    public static unsafe int Of(SafeHandle file, out FileStatus status)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            byte empty = 0;
            return Read((int)file.DangerousGetHandle(), &empty, LibC.AtEmptyPath, out status);
        }
        finally
        {
            if (added)
                file.DangerousRelease();
        }
    }

    private static unsafe int Read(int directory, byte* path, int flags, out FileStatus status)
    {
        var buffer = stackalloc byte[BufferSize];
        var failed = LibC.StatX(directory, path, flags, LibC.BasicStatus, buffer) != 0;
        status = failed ? default : Parse(new ReadOnlySpan<byte>(buffer, BufferSize));
        return failed ? Marshal.GetLastPInvokeError() : 0;
    }

    // The layout of struct statx is the same on every architecture.
    private static FileStatus Parse(ReadOnlySpan<byte> buffer) => new(
        Type: MemoryMarshal.Read<ushort>(buffer[28..]) & TypeMask,
        Length: MemoryMarshal.Read<long>(buffer[40..]),
        Device: ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]),
        Inode: MemoryMarshal.Read<ulong>(buffer[32..]),
        Modified: Time(buffer[112..]),
        Accessed: Time(buffer[64..]),
        Links: MemoryMarshal.Read<uint>(buffer[16..]));

    private static Int128 Time(ReadOnlySpan<byte> buffer) =>
        ((Int128)MemoryMarshal.Read<long>(buffer) * 1_000_000_000) + MemoryMarshal.Read<uint>(buffer[8..]);
}
