using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Tests.Data;

public sealed class MachineMemoryTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("max", 16L << 30)]
    [InlineData("2147483648", 2L << 30)]
    [InlineData("99999999999999", 16L << 30)]
    public void Total_InAContainer_IsTheSmallerLimit(string limit, long expected)
    {
        Write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 1 kB\n");
        Write("sys/fs/cgroup/memory.max", limit + "\n");
        Assert.Equal(expected, MachineMemory.Total(_root.Path));
    }

    [Fact]
    public void Total_OnThisMachine_IsSomething() => Assert.InRange(MachineMemory.Total(), 1 << 20, long.MaxValue);

    [Fact]
    public void Total_WhereNothingSaysSo_IsWhatTheRuntimeKnows() =>
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, MachineMemory.Total(_root.Path));

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
