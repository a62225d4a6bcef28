using System.Globalization;

namespace Blaze.Storage.Worker.Data;

/// <summary>How much memory this process may use: the machine's, or its container's where that is less.</summary>
internal static class MachineMemory
{
    /// <summary>Bytes.</summary>
    /// <param name="root">Where proc and sys are; empty for this machine's own.</param>
    public static long Total(string root = "")
    {
        long?[] limits =
        [
            KibibytesIn($"{root}/proc/meminfo"),
            BytesIn($"{root}/sys/fs/cgroup/memory.max"),
            BytesIn($"{root}/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        ];
        return limits.Min() ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }

    // A container without a limit has the word "max" there, or a number that no machine has.
    private static long? BytesIn(string file) =>
        TryRead(file, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    private static long? KibibytesIn(string file)
    {
        if (!TryRead(file, out var text) || !text.StartsWith("MemTotal:", StringComparison.Ordinal))
            return null;
        var number = text.Split('\n')[0]["MemTotal:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024 : null;
    }

    private static bool TryRead(string file, out string text)
    {
        try
        {
            text = File.ReadAllText(file).Trim();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            text = "";
            return false;
        }
    }
}
