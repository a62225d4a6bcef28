using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public sealed class SparseFileTests
{
    [Fact]
    public async Task Read_OfASparseFileOf5GiB_ReachesItsEnd()
    {
        const long Length = 5L << 30;
        using var folder = new TemporaryFolder();
        using (var stream = new FileStream(folder.Name("sparse"), FileMode.CreateNew))
        {
            stream.SetLength(Length);
            stream.Seek(-3, SeekOrigin.End);
            stream.Write([1, 2, 3]);
        }

        var store = new LocalFileStore();
        var uri = folder.Uri.Append("sparse");
        using var reader = await store.OpenAsync(uri, null, TestContext.Current.CancellationToken);
        Assert.Equal(Length, reader.Info.Length);
        var buffer = new byte[10];
        Assert.Equal(5, reader.Read(Length - 5, buffer));
        Assert.Equal([0, 0, 1, 2, 3, 0, 0, 0, 0, 0], buffer);
        var ranges = await store.GetRangesAsync(uri, [new(Length - 1, Length), new(0, 2)], null, TestContext.Current.CancellationToken);
        Assert.Equal([[3], [0, 0]], ranges.Select(range => range.ToArray()));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.GetAsync(uri, null, TestContext.Current.CancellationToken));
        Assert.Equal(ObjectStoreErrorKind.Unsupported, failure.Kind);
    }
}
