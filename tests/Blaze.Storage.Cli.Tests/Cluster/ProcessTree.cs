using System.Globalization;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

/// <summary>Looks at real processes through /proc.</summary>
internal static class ProcessTree
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>A process's children and theirs, without itself.</summary>
    public static IReadOnlyList<ProcessIdentity> Below(int id)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Select(number => (Id: number, Parent: ParentOf(number)))
            .ToLookup(pair => pair.Parent, pair => pair.Id);
        return [.. Descend(id, parents).Select(ProcessIdentity.Of).OfType<ProcessIdentity>()];
    }

    /// <summary>Every argument of every process below.</summary>
    public static string CommandLines(int id) =>
        string.Join('\n', Below(id).Select(process => File.ReadAllText($"/proc/{process.Id}/cmdline").Replace('\0', ' ')));

    /// <summary>Fails unless every one of the processes ends in time.</summary>
    public static async Task AssertAllEndAsync(IReadOnlyList<ProcessIdentity> processes)
    {
        foreach (var process in processes)
            Assert.True(await process.WaitUntilGoneAsync(Deadline, TimeProvider.System, CancellationToken.None), $"Process {process.Id} still runs.");
    }

    private static IEnumerable<int> Descend(int id, ILookup<int, int> children) =>
        children[id].SelectMany(child => Descend(child, children).Prepend(child));

    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended while we looked.
            return -1;
        }
    }
}
