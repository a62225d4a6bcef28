using System.Reflection;
using System.Runtime.Loader;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Functions.State;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// A set of shipped assemblies, loaded together and unloaded together. What is not in the set is the worker's own: .NET and the product.
/// </summary>
internal sealed class ShippedContext : AssemblyLoadContext, IStateScope
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, AssemblyImage> _images;

    public ShippedContext(string key, IEnumerable<AssemblyImage> images)
        : base($"shipped-{key}", isCollectible: true)
    {
        Key = key;
        _images = images.ToDictionary(image => image.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Says which set it is: the hashes of its assemblies.</summary>
    public string Key { get; }

    public static string KeyOf(IReadOnlyList<AssemblyReference> assemblies) => string.Join(' ', assemblies.Select(assembly => assembly.Hash));

    public Type FindType(string name) => TypeName.Resolve(name, LoadFromAssemblyName);

    public MethodInfo FindMethod(MethodReference reference)
    {
        var type = FindType(reference.Type);
        var method = type.GetMethods(Declared).FirstOrDefault(each => IsMeant(each, reference))
            ?? throw new FunctionException(
                FunctionErrorKind.Unfitting, $"There is no method '{reference.Name}' in the type '{reference.Type}' here; run workers of the same .NET version as the client.");
        return reference.Generics is { Count: > 0 } generics ? method.MakeGenericMethod([.. generics.Select(FindType)]) : method;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || !_images.TryGetValue(name, out var image))
            return null;
        // The list of what is loaded is asked instead of kept: a field with assemblies would keep this context from being unloaded.
        lock (_images)
            return Assemblies.FirstOrDefault(assembly => string.Equals(assembly.GetName().Name, name, StringComparison.OrdinalIgnoreCase)) ?? Load(image);
    }

    private static bool IsMeant(MethodInfo method, MethodReference reference) =>
        method.Name == reference.Name && (reference.Token is { } token ? method.MetadataToken == token : method.ToString() == reference.Signature);

    private Assembly Load(AssemblyImage image)
    {
        using var stream = StreamOf(image.Bytes);
        var assembly = LoadFromStream(stream);
        AssemblyImage.Remember(assembly, image);
        return assembly;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
