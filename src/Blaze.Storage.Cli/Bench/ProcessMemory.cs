using System.Globalization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>The memory of another process, by the system's own account, in bytes.</summary>
internal static class ProcessMemory
{
    /// <summary>What it has in memory now.</summary>
    public static long Now(int process) => Read(process, "VmRSS:");

    /// <summary>The most it ever had.</summary>
    public static long Peak(int process) => Read(process, "VmHWM:");

    private static long Read(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
