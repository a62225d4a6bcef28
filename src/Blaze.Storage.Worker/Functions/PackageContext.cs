using System.Reflection;
using System.Runtime.Loader;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>The assemblies of one op package, apart from those of others; .NET and the product are the worker's own.</summary>
internal sealed class PackageContext : AssemblyLoadContext
{
    private readonly IReadOnlyList<AssemblyDependencyResolver> _resolvers;

    public PackageContext(string folder, IEnumerable<string> files)
        : base($"package-{folder}") =>
        _resolvers = [.. files.Select(file => new AssemblyDependencyResolver(file))];

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (ProductAssemblies.Contains(assemblyName.Name))
            return null;
        var path = _resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(found => found is not null);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolvers.Select(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)).FirstOrDefault(found => found is not null);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }
}
