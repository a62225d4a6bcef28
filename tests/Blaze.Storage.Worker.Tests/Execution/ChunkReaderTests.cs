using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.TestKit.ObjectStores;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Tests.Execution;

public sealed class ChunkReaderTests : IDisposable
{
    private static readonly ResourceUri Uri = ResourceUri.Parse("memory://any/a");

    private readonly MemoryObjectStore _store = new();
    private readonly SlotGate _gate = new(1, new Supply(1, 2, TimeProvider.System), () => { });
    private readonly byte[] _bytes = new byte[700_001];

    public ChunkReaderTests() => new Random(1).NextBytes(_bytes);

    public void Dispose() => _gate.Dispose();

    public static TheoryData<long, long, int> Rows
    {
        get
        {
            var rows = new TheoryData<long, long, int>();
            foreach (var (start, end) in new[] { (0, 700_001), (1, 700_000), (65_535, 65_537), (131_072, 262_144), (262_143, 262_145), (700_000, 700_001) })
            {
                foreach (var readSize in new[] { 4096, 256 << 10, 512 << 10, 8 << 20 })
                    rows.Add(start, end, readSize);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Read_AnyRowInReadsOfAnySize_EqualsTheReference(long start, long end, int readSize)
    {
        _store.ReadSize = readSize;
        var range = new ByteRange(start, end);
        var extent = await ExtentAsync(range);
        var sut = new ChunkReader(new ObjectStoreRegistry(_store), _gate);

        var value = Assert.Single(sut.Read(extent, [range], TestContext.Current.CancellationToken));

        Assert.Equal(NaiveHistogram.Of(2, _bytes, range).Counts, ((HistogramValue)value).Counts);
        // A buffer's halo is read again with the next one.
        Assert.InRange(sut.BytesRead, range.Length, range.Length + (range.Length / 65_536) + 2);
    }

    [Fact]
    public async Task Read_ResourceReplacedBefore_IsRefused()
    {
        var extent = await ExtentAsync(new ByteRange(0, 100));
        await _store.PutAsync(Uri, _bytes.AsMemory(1), PutMode.Overwrite, TestContext.Current.CancellationToken);
        var sut = new ChunkReader(new ObjectStoreRegistry(_store), _gate);

        var failure = Assert.Throws<ObjectStoreException>(() => sut.Read(extent, [extent.Range], TestContext.Current.CancellationToken));

        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Fact]
    public async Task Read_CancelledBetweenBuffers_ReadsNoMore()
    {
        var extent = await ExtentAsync(new ByteRange(0, _bytes.Length));
        using var cancel = new CancellationTokenSource();
        var reads = 0;
        _store.Fault = (member, _) =>
        {
            if (member == "Read" && ++reads == 2)
                cancel.Cancel();
        };
        var sut = new ChunkReader(new ObjectStoreRegistry(_store), _gate);

        Assert.Throws<OperationCanceledException>(() => sut.Read(extent, [extent.Range], cancel.Token));

        Assert.Equal(2, reads);
    }

    private async Task<Extent> ExtentAsync(ByteRange range)
    {
        var info = await _store.PutAsync(Uri, _bytes, PutMode.Overwrite, TestContext.Current.CancellationToken);
        return new Extent(new HistogramOperation(2), [info], range);
    }
}
