using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>The assemblies that travel with a function: its own and what those refer to, without .NET and without the product.</summary>
internal static class AssemblySet
{
    private static readonly ConditionalWeakTable<Assembly, Assembly[]> Closures = [];
    private static readonly ConditionalWeakTable<Assembly, StrongBox<bool>> Framework = [];
    private static readonly string? RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } folder ? folder : null;

    /// <summary>Where all shared frameworks of this installation are; null for a program that brings its own.</summary>
    private static readonly string? SharedFolder =
        RuntimeFolder is null || Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) == RuntimeFolder
            ? null
            : Path.GetDirectoryName(Path.GetDirectoryName(RuntimeFolder)) + Path.DirectorySeparatorChar;

    /// <summary>Public key tokens of .NET's own assemblies.</summary>
    private static readonly HashSet<string> Tokens =
        ["B03F5F7F11D50A3A", "7CEC85D7BEA7798E", "CC7B13FFCD2DDD51", "B77A5C561934E089", "ADB9793829DDAE60"];

    /// <summary>Whether an assembly is part of .NET.</summary>
    public static bool IsFramework(Assembly assembly) => Framework.GetValue(assembly, each => new StrongBox<bool>(FindFramework(each))).Value;

    /// <summary>Whether an assembly is to travel with the functions that need it.</summary>
    public static bool Travels(Assembly assembly) => !IsFramework(assembly) && !ProductAssemblies.Contains(assembly.GetName().Name);

    /// <summary>The images of all assemblies needed for some, sorted by name.</summary>
    /// <exception cref="FunctionException">One cannot travel.</exception>
    public static IReadOnlyList<AssemblyImage> ImagesOf(IEnumerable<Assembly> roots)
    {
        var images = new SortedDictionary<string, AssemblyImage>(StringComparer.Ordinal);
        foreach (var assembly in roots.Where(Travels).SelectMany(root => Closures.GetValue(root, FindClosure)).Distinct())
        {
            var image = ImageOf(assembly);
            if (!images.TryAdd(image.Name, image) && images[image.Name].Hash != image.Hash)
                throw new FunctionException(
                    FunctionErrorKind.NotShippable, $"The function uses two different assemblies named '{image.Name}', of which only one can travel; use one version of it.");
        }
        return [.. images.Values];
    }

    private static Assembly[] FindClosure(Assembly root)
    {
        var found = new HashSet<Assembly> { root };
        var open = new Stack<Assembly>(found);
        while (open.TryPop(out var assembly))
            foreach (var reference in assembly.GetReferencedAssemblies())
                if (!IsNamedLikeFramework(reference) && Load(assembly, reference) is { } next && Travels(next) && found.Add(next))
                    open.Push(next);
        return [.. found];
    }

    private static Assembly? Load(Assembly assembly, AssemblyName reference)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(reference);
        }
        catch (Exception problem) when (problem is IOException or BadImageFormatException)
        {
            // What is not there for this process was not needed to run here, and is not needed to run there.
            return null;
        }
    }

    private static AssemblyImage ImageOf(Assembly assembly)
    {
        if (AssemblyImage.TryGet(assembly, out var known))
            return known;
        var name = assembly.GetName().Name!;
        if (assembly.IsDynamic || assembly.Location.Length == 0)
            throw new FunctionException(
                FunctionErrorKind.NotShippable, $"The assembly '{name}' has no file that could travel; build the program without single-file publishing, or offer the function as a named operation.");
        var bytes = File.ReadAllBytes(assembly.Location);
        if (VersionOf(bytes) != assembly.ManifestModule.ModuleVersionId)
            throw new FunctionException(
                FunctionErrorKind.NotShippable, $"The file of the assembly '{name}' was built anew while this program runs; start the program again.");
        var image = new AssemblyImage(name, bytes);
        AssemblyImage.Remember(assembly, image);
        return image;
    }

    private static Guid VersionOf(byte[] bytes)
    {
        using var file = new PEReader(new MemoryStream(bytes, writable: false));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static bool FindFramework(Assembly assembly)
    {
        if (assembly == typeof(object).Assembly)
            return true;
        if (assembly.IsDynamic || AssemblyImage.TryGet(assembly, out _))
            return false;
        return SharedFolder is null ? HasToken(assembly.GetName()) : assembly.Location.StartsWith(SharedFolder, StringComparison.Ordinal);
    }

    // Saves loading all of .NET to find that it does not travel.
    private static bool IsNamedLikeFramework(AssemblyName name) =>
        SharedFolder is null ? HasToken(name) : File.Exists(Path.Combine(RuntimeFolder!, name.Name + ".dll"));

    private static bool HasToken(AssemblyName name) =>
        name.GetPublicKeyToken() is { } token && Tokens.Contains(Convert.ToHexString(token))
        && (name.Name!.StartsWith("System", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft", StringComparison.Ordinal) || name.Name is "mscorlib" or "netstandard");
}
