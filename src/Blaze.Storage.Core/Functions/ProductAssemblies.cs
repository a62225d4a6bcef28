namespace Blaze.Storage.Core.Functions;

/// <summary>The product's own assemblies: they never travel, every .NET worker has them.</summary>
public static class ProductAssemblies
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Blaze.Storage.Core", "Blaze.Storage.Compute", "Blaze.Storage.Center", "Blaze.Storage.Client", "Blaze.Storage.Worker", "Blaze.Storage.Api", "Blaze.Storage.Cli",
    };

    /// <summary>Whether an assembly of this simple name is part of the product.</summary>
    public static bool Contains(string? name) => name is not null && Names.Contains(name);
}
