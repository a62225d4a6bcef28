using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Catalog;

namespace Blaze.Storage.Core.Recipes;

/// <summary>The written form of an <see cref="Extent"/>.</summary>
/// <param name="Op">The operation's name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Resources">Its resources, one or two.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The end, exclusive.</param>
public sealed record ExtentRecipe(
    string Op,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<ResourceRecipe> Resources,
    long Start,
    long End)
{
    /// <summary>Writes an extent.</summary>
    public static ExtentRecipe Of(Extent extent) => new(
        extent.Operation.Name,
        OperationCatalog.ParametersOf(extent.Operation),
        [.. extent.Resources.Select(resource => new ResourceRecipe(resource.Uri.ToString(), resource.Length, resource.Version))],
        extent.Range.Start,
        extent.Range.End);

    /// <summary>Reads an extent.</summary>
    /// <exception cref="BlazeException">The operation or a parameter is unknown here, or a URI is none.</exception>
    public Extent ToExtent() => new(
        OperationCatalog.Create(Op, Parameters),
        [.. Resources.Select(resource => new ResourceInfo(ResourceUri.Parse(resource.Uri), resource.Length, resource.Version))],
        new ByteRange(Start, End));
}

/// <summary>The written form of a <see cref="ResourceInfo"/>.</summary>
/// <param name="Uri">The canonical URI.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Version">The version that was planned; reads of any other are refused.</param>
public sealed record ResourceRecipe(string Uri, long Length, string Version);
