using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

public class LocalFileConformanceTests : ObjectStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IObjectStore Store { get; } = new LocalFileStore();

    protected override ResourceUri Root => _folder.Uri.Append("root [1] %20*");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
