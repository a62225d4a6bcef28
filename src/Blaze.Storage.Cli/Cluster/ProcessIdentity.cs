using System.Globalization;
using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>One process for ever: its number alone is given to another process later.</summary>
/// <param name="Id">The process number.</param>
/// <param name="StartTicks">When it started, in the kernel's ticks since the machine started.</param>
/// <param name="BootId">The run of the machine that these ticks count from.</param>
internal sealed record ProcessIdentity(int Id, long StartTicks, string BootId)
{
    private const int StartTimeField = 22;
    private const int FirstFieldAfterName = 3;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId)!;

    /// <summary>Whether the process still runs.</summary>
    [JsonIgnore]
    public bool IsRunning => Of(Id) == this;

    /// <summary>The process of that number; null when there is none, or only its remains that nobody has collected.</summary>
    public static ProcessIdentity? Of(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The name, in parentheses, may hold anything, parentheses and spaces included.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is "Z" or "X")
                return null;
            var start = long.Parse(fields[StartTimeField - FirstFieldAfterName], CultureInfo.InvariantCulture);
            return new ProcessIdentity(id, start, File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Returns when the process is gone, or false after the deadline.</summary>
    public async Task<bool> WaitUntilGoneAsync(TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (IsRunning)
        {
            if (time.GetElapsedTime(began) > deadline)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
        return true;
    }
}
