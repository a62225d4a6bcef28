using System.Reflection;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>Names methods so that another process finds them.</summary>
internal static class MethodNaming
{
    /// <summary>The reference to a method.</summary>
    /// <param name="method">The method, without open generic parameters.</param>
    /// <param name="assemblies">Gets the assemblies it speaks of.</param>
    /// <exception cref="FunctionException">The method was made at run time.</exception>
    public static MethodReference Of(MethodInfo method, ICollection<Assembly> assemblies)
    {
        if (method.DeclaringType is not { } type || type.Assembly.IsDynamic)
            throw new FunctionException(
                FunctionErrorKind.NotShippable, $"The function '{method.Name}' was made at run time and is in no file that could travel; write it as a method or a lambda.");
        var travels = AssemblySet.Travels(type.Assembly);
        var definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        return new MethodReference(
            TypeName.Of(type, assemblies),
            method.Name,
            travels ? method.MetadataToken : null,
            travels ? null : definition.ToString(),
            method.IsGenericMethod ? [.. method.GetGenericArguments().Select(argument => TypeName.Of(argument, assemblies))] : null);
    }
}
