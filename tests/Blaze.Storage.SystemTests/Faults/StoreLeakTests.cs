using System.Diagnostics;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Faults;

/// <summary>Counts what the whole process holds, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(StoreLeakTests), DisableParallelization = true)]
[Collection(nameof(StoreLeakTests))]
public sealed class StoreLeakTests(S3Fixture server)
{
    private const int Length = 1 << 20;
    private const int ReadLength = 16 << 10;
    private const int Readers = 16;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_AfterTenThousandFaults_HoldsNothingMoreThanAfterAThousand()
    {
        var random = new Random(11);
        var bucket = await FaultyBucket.StartAsync(
            server, retries => retries with { Attempts = 1000, MaxDelay = TimeSpan.FromMilliseconds(4) }, settings => settings with { IdleTimeout = TimeSpan.FromMilliseconds(500) });
        await using (bucket)
        {
            var content = await bucket.PutAsync("a", Length);
            bucket.Proxy.Plan = request => FaultOf(request, random);
            await ReadUntilAsync(bucket, content, faults: 1000);
            var before = Held.Now();

            await ReadUntilAsync(bucket, content, faults: 10_000);

            var after = Held.Now();
            Assert.True(after.Files <= before.Files + 2 * Readers, $"Open files grew from {before.Files} to {after.Files}.");
            Assert.True(after.Threads <= before.Threads + 16, $"Threads grew from {before.Threads} to {after.Threads}.");
            Assert.True(after.Bytes <= before.Bytes + (16 << 20), $"Memory grew from {before.Bytes} to {after.Bytes} bytes.");
            Assert.True(bucket.Proxy.TotalConnections > 5000, $"There were {bucket.Proxy.TotalConnections} connections.");
            Assert.True(bucket.Proxy.OpenConnections <= 2 * Readers, $"{bucket.Proxy.OpenConnections} connections are open.");
            bucket.Faulty.Dispose();
            await bucket.Proxy.DrainedAsync(Token);
        }
    }

    private static async Task ReadUntilAsync(FaultyBucket bucket, byte[] content, int faults)
    {
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            using var open = await bucket.Faulty.OpenAsync(bucket.UriOf("a"), null, Token);
            var buffer = new byte[ReadLength];
            for (var offset = reader * ReadLength; bucket.Proxy.Faults < faults; offset = (offset + (Readers * ReadLength)) % Length)
            {
                Assert.Equal(ReadLength, await open.ReadAsync(offset, buffer, Token));
                Assert.True(buffer.AsSpan().SequenceEqual(content.AsSpan(offset, ReadLength)), $"Wrong bytes at {offset}.");
            }
        }));
    }

    private static ProxyFault FaultOf(ProxyRequest request, Random random)
    {
        lock (random)
        {
            return random.Next(100) switch
            {
                < 15 => ProxyFault.Reset(random.Next(ReadLength)),
                < 30 => ProxyFault.Truncate(random.Next(ReadLength)),
                < 45 => ProxyFault.S3Error(500, "InternalError"),
                < 55 => ProxyFault.Answer(503),
                < 65 => ProxyFault.ResetRequest(random.Next(400)),
                < 75 => ProxyFault.Rewrite(head => head.Replace("bytes ", "bytes 1", StringComparison.Ordinal)),
                75 when request.Number % 10 == 0 => ProxyFault.Stall(random.Next(ReadLength)),
                _ => ProxyFault.None,
            };
        }
    }

    private sealed record Held(int Files, int Threads, long Bytes)
    {
        public static Held Now()
        {
            using var process = Process.GetCurrentProcess();
            return new Held(Directory.GetFileSystemEntries("/proc/self/fd").Length, process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
