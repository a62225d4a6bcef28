using System.Diagnostics;
using System.Runtime.InteropServices;
using Blaze.Storage.Compute;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Bench;

/// <summary>
/// Measures each kernel and its C loop turn by turn, on buffers of 256 KiB as a worker reads them, over chunks of 16 MiB that go
/// over the same buffer again and again: what is measured is the loop, with the buffer in the processor's caches.
/// </summary>
internal static class KernelBenchmark
{
    /// <summary>Bytes per buffer.</summary>
    public const int BufferSize = 256 << 10;

    private const int BuffersPerChunk = 64;
    private const int ResultWords = 65536;
    private const int Rounds = 31;
    private const int WarmUps = 5;

    // An optimised method replaces the first version of itself a moment after it was called often.
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(300);

    /// <summary>The kernels by the names of their measurements.</summary>
    public static IReadOnlyList<(string Name, string CName, Operation Operation)> All { get; } =
    [
        ("hist-n1", "hist_n1", new HistogramOperation()),
        ("hist-n2", "hist_n2", new HistogramOperation(2)),
        ("ent", "ent", new EntropyOperation()),
        ("diff", "diff", new DifferenceOperation()),
        ("stat-f8", "stat_f8", new StatisticsOperation(ElementType.Parse("f8"))),
    ];

    /// <summary>Measures all kernels on random bytes and on zeroes; takes some seconds.</summary>
    public static KernelReport Run(CancellationToken cancellationToken)
    {
        using var reference = CReference.TryCreate(out var note);
        var result = GC.AllocateArray<long>(ResultWords, pinned: true);
        var speeds = new List<KernelSpeed>();
        foreach (var (name, cName, operation) in All)
        {
            foreach (var (data, first, second) in Inputs(operation))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunk = new KernelChunk(operation, first, second, BuffersPerChunk);
                speeds.Add(Measure(name, data, operation, chunk, reference?.Find(cName), result));
            }
        }

        return new KernelReport(speeds, note);
    }

    private static KernelSpeed Measure(string name, string data, Operation operation, KernelChunk chunk, CReference.Loop? loop, long[] result)
    {
        var times = new List<double>();
        var cTimes = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUps || Stopwatch.GetElapsedTime(started) < WarmUpTime; i++)
            chunk.Run();
        for (var round = 0; round < Rounds; round++)
        {
            times.Add(Time(() => chunk.Run()));
            if (loop is not null)
                cTimes.Add(Time(() => chunk.Run(loop, result)));
        }

        var gigabytes = (double)BufferSize * BuffersPerChunk * operation.InputCount / 1e9;
        var speed = gigabytes / Clock.Median(times);
        double? cSpeed = loop is null ? null : gigabytes / Clock.Median(cTimes);
        return new KernelSpeed(name, data, Math.Round(speed, 3), cSpeed is { } c ? Math.Round(c, 3) : null, cSpeed is { } d ? Math.Round(speed / d, 3) : null);
    }

    private static IEnumerable<(string Data, byte[] First, byte[] Second)> Inputs(Operation operation)
    {
        yield return ("random", RandomInput(operation, 1), RandomInput(operation, 2));
        yield return ("zeroes", Buffer(), Buffer());
    }

    // Random bytes are random numbers of all sizes as well, one in 2,048 of them NaN; statistics are asked of ordinary ones.
    private static byte[] RandomInput(Operation operation, int seed)
    {
        var random = new Random(seed);
        var bytes = Buffer();
        if (operation is not StatisticsOperation)
            random.NextBytes(bytes);
        else
            foreach (ref var x in MemoryMarshal.Cast<byte, double>(bytes.AsSpan()))
                x = random.NextDouble();
        return bytes;
    }

    // Memory never written to is one page of zeroes over and over, which no file's buffer is.
    private static byte[] Buffer()
    {
        var buffer = GC.AllocateArray<byte>(BufferSize + 64, pinned: true);
        buffer.AsSpan().Fill(1);
        buffer.AsSpan().Clear();
        return buffer;
    }

    private static double Time(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
