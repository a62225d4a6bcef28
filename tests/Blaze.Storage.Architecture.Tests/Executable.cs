namespace Blaze.Storage.Architecture.Tests;

internal static class Executable
{
    /// <summary>Lets the owner run a file.</summary>
    public static void Make(string file)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The launcher and the commands of the README are for Unix.");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
