using System.Globalization;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Where programs are.</summary>
internal static class ProgramPath
{
    /// <summary>The <c>dotnet</c> that runs this process.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    /// <summary>The command that starts this program once more; its arguments follow.</summary>
    public static ChildCommand Self(params string[] arguments) =>
        new(Dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, "blaze.dll"), .. arguments]);

    /// <summary>
    /// The command that starts a worker on this machine. It gives way to the center, which all workers wait for, and to whoever asks: where they share
    /// processors, a call is answered up to a fifth sooner, and more of them are run in a second.
    /// </summary>
    public static ChildCommand Worker(int slots, params IEnumerable<string> more) =>
        Self(["worker", "--slots", slots.ToString(CultureInfo.InvariantCulture), .. more]) with { Niceness = 5 };

    /// <summary>The first executable file of that name on PATH, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
