using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// How types are written in shipped functions: <c>Namespace.Outer+Inner`1[[argument]], Assembly</c> as .NET writes them, but with the assembly's
/// simple name alone, and without one for the core library.
/// </summary>
public static class TypeName
{
    private static readonly Assembly CoreLibrary = typeof(object).Assembly;

    /// <summary>Writes a type.</summary>
    /// <param name="type">A type without open generic parameters, pointers or references.</param>
    /// <param name="assemblies">Gets every assembly the name speaks of.</param>
    public static string Of(Type type, ICollection<Assembly>? assemblies = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var text = new StringBuilder();
        Append(text, type, assemblies);
        return text.ToString();
    }

    /// <summary>Finds a type by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="load">Loads an assembly by its simple name.</param>
    /// <exception cref="FunctionException">There is no such type.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "Programs that run shipped code are not trimmed.")]
    public static Type Resolve(string name, Func<AssemblyName, Assembly?> load)
    {
        try
        {
            return Type.GetType(name, load, (assembly, type, ignoreCase) => (assembly ?? CoreLibrary).GetType(type, throwOnError: false, ignoreCase), throwOnError: true)!;
        }
        catch (Exception problem) when (problem is TypeLoadException or IOException or ArgumentException or BadImageFormatException)
        {
            throw new FunctionException(
                FunctionErrorKind.Unfitting,
                $"The type '{name}' that a shipped function needs cannot be loaded here; run workers of the same .NET version as the client, with the same frameworks.",
                problem);
        }
    }

    private static void Append(StringBuilder text, Type type, ICollection<Assembly>? assemblies)
    {
        AppendBare(text, type, assemblies);
        var home = HomeOf(type);
        assemblies?.Add(home);
        if (home != CoreLibrary)
            text.Append(", ").Append(home.GetName().Name);
    }

    private static void AppendBare(StringBuilder text, Type type, ICollection<Assembly>? assemblies)
    {
        if (type.IsArray)
        {
            AppendBare(text, type.GetElementType()!, assemblies);
            text.Append('[').Append(type.IsSZArray ? "" : type.GetArrayRank() == 1 ? "*" : new string(',', type.GetArrayRank() - 1)).Append(']');
            return;
        }
        if (type.IsPointer || type.IsByRef || type.ContainsGenericParameters || type.IsFunctionPointer)
            throw new FunctionException(FunctionErrorKind.NotShippable, $"The type '{type}' cannot travel with a function.");
        text.Append((type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName);
        if (!type.IsConstructedGenericType)
            return;
        var separator = "[[";
        foreach (var argument in type.GetGenericArguments())
        {
            text.Append(separator);
            Append(text, argument, assemblies);
            separator = "],[";
        }
        text.Append("]]");
    }

    private static Assembly HomeOf(Type type) => type.HasElementType ? HomeOf(type.GetElementType()!) : type.Assembly;
}
