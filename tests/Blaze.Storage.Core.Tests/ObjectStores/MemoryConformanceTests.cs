using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Core.Tests.ObjectStores;

/// <summary>The suite itself, on the simplest store there is.</summary>
public sealed class MemoryConformanceTests : ObjectStoreConformance
{
    protected override IObjectStore Store { get; } = new MemoryObjectStore();

    protected override ResourceUri Root { get; } = ResourceUri.Parse("memory://bucket/some where");
}
