using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Adapters.LocalFile.Native;

/// <summary>Calls by path (NUL-terminated bytes) that give an error number, 0 for none.</summary>
internal static unsafe class FileCalls
{
    private const int LongestPath = 4096;

    public static int Open(byte[] path, int flags, uint mode, out SafeFileHandle handle)
    {
        int descriptor;
        fixed (byte* name = path)
            descriptor = LibC.Open(name, flags | LibC.OpenCloseOnExec, mode);
        handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return Result(descriptor);
    }

    public static int Rename(byte[] from, byte[] to)
    {
        fixed (byte* source = from, target = to)
            return Result(LibC.Rename(source, target));
    }

    public static int Link(byte[] from, byte[] to)
    {
        fixed (byte* source = from, target = to)
            return Result(LibC.Link(source, target));
    }

    public static int Unlink(byte[] path)
    {
        fixed (byte* name = path)
            return Result(LibC.Unlink(name));
    }

    public static int MakeDirectory(byte[] path, uint mode)
    {
        fixed (byte* name = path)
            return Result(LibC.MakeDirectory(name, mode));
    }

    public static int RemoveDirectory(byte[] path)
    {
        fixed (byte* name = path)
            return Result(LibC.RemoveDirectory(name));
    }

    /// <summary>Whether a file gives bytes at its start, or fails to, whatever its length.</summary>
    public static bool HasBytes(SafeFileHandle file)
    {
        byte first;
        return LibC.ReadAt(file, &first, 1, 0) != 0;
    }

    public static int Lock(SafeFileHandle file) => Result(LibC.Lock(file, LibC.LockExclusive | LibC.LockNonBlocking));

    public static int Flush(SafeFileHandle file) => Result(LibC.Flush(file));

    /// <summary>Stamps an open file as written now, exactly rather than to the last tick.</summary>
    public static int Stamp(SafeFileHandle file)
    {
        var now = FileClock.ToTimeSpec(FileClock.Now);
        var times = stackalloc LibC.TimeSpec[] { now, now };
        return Result(LibC.SetTimes(file, times));
    }

    /// <summary>Marks a file as used at <paramref name="time"/>, which leaves its version as it is.</summary>
    public static int MarkUsed(byte[] path, Int128 time)
    {
        var times = stackalloc LibC.TimeSpec[] { FileClock.ToTimeSpec(time), new LibC.TimeSpec { Nanoseconds = LibC.OmitTime } };
        fixed (byte* name = path)
            return Result(LibC.SetTimes(LibC.AtCurrentDirectory, name, times, 0));
    }

    /// <summary>The path of an open file, all links resolved; of one that was removed meanwhile, something the system made of it.</summary>
    public static int PathOf(SafeFileHandle file, out ReadOnlySpan<byte> path)
    {
        var buffer = new byte[LongestPath];
        var length = -1;
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            fixed (byte* name = System.Text.Encoding.ASCII.GetBytes($"/proc/self/fd/{file.DangerousGetHandle()}\0"), target = buffer)
                length = (int)LibC.ReadLink(name, target, (nuint)buffer.Length);
        }
        finally
        {
            if (added)
                file.DangerousRelease();
        }

        path = length < 0 ? default : buffer.AsSpan(0, length);
        return Result(length);
    }

    private static int Result(int returned) => returned < 0 ? Marshal.GetLastPInvokeError() : 0;
}
