using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>Finds the operations in a folder of assemblies.</summary>
internal static class OperationPackage
{
    /// <summary>The operations of a folder, by file and then as declared.</summary>
    public static IReadOnlyList<(OperationName Name, MethodInfo Method)> Find(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
            throw Unusable($"There is no folder '{folder}' with operations; check the name, and that this machine can see it.");
        var files = Directory.EnumerateFiles(full, "*.dll").Order(StringComparer.Ordinal).Where(Declares).ToList();
        var context = new PackageContext(full, files);
        var found = files.SelectMany(file => OperationsOf(context.LoadFromAssemblyPath(file))).ToList();
        return found.Count > 0
            ? found
            : throw Unusable($"No assembly in the folder '{folder}' declares an operation; mark public static methods with [Operation(\"name\")].");
    }

    // Reads names only, so what merely lies beside the operations is never loaded.
    private static bool Declares(string file)
    {
        if (ProductAssemblies.Contains(Path.GetFileNameWithoutExtension(file)))
            return false;
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
            return false;
        var metadata = image.GetMetadataReader();
        return metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Any(type => metadata.StringComparer.Equals(type.Name, nameof(OperationAttribute)) && metadata.StringComparer.Equals(type.Namespace, typeof(OperationAttribute).Namespace!));
    }

    private static IEnumerable<(OperationName, MethodInfo)> OperationsOf(Assembly assembly)
    {
        foreach (var type in TypesOf(assembly))
        {
            if (type.GetCustomAttribute<OperationAttribute>() is { } ofType)
                yield return (NameOf(ofType), OnlyMethodOf(type));
            foreach (var method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (method.GetCustomAttribute<OperationAttribute>() is { } ofMethod)
                    yield return (NameOf(ofMethod), Checked(method));
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException problem)
        {
            var cause = problem.LoaderExceptions.FirstOrDefault(each => each is not null)?.Message ?? problem.Message;
            throw Unusable($"The assembly '{assembly.Location}' cannot be loaded as a package of operations: {cause} Put what it needs into the same folder.", problem);
        }
    }

    private static MethodInfo OnlyMethodOf(Type type)
    {
        var methods = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly);
        return methods.Length == 1
            ? Checked(methods[0])
            : throw Unusable($"The class '{type}' is marked as an operation but has {methods.Length} public static methods instead of one; mark the methods themselves.");
    }

    private static MethodInfo Checked(MethodInfo method)
    {
        var problem = method switch
        {
            { IsStatic: false } => "is not static",
            { IsPublic: false } => "is not public",
            _ when method.ContainsGenericParameters => "is generic",
            _ when method.DeclaringType is { IsVisible: false } => "is in a class that is not public",
            _ when method.GetParameters().Append(method.ReturnParameter).Any(each => each.ParameterType is { IsByRef: true } or { IsPointer: true } or { IsByRefLike: true }) =>
                "takes or returns references into memory",
            _ => null,
        };
        return problem is null ? method : throw Unusable($"The method '{method.DeclaringType}.{method.Name}' cannot be an operation: it {problem}.");
    }

    private static OperationName NameOf(OperationAttribute attribute) => OperationName.Of(attribute.Name, attribute.Version);

    private static FunctionException Unusable(string message, Exception? cause = null) => new(FunctionErrorKind.InvalidName, message, cause);
}
