using System.Reflection;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>What is the same for all uses of a method.</summary>
internal sealed class FunctionShape
{
    private readonly bool[] _isNeverNull;

    public FunctionShape(string name, MethodInfo method, bool hasTarget, IReadOnlyList<Type>? types)
    {
        Name = name;
        Parameters = Describe(name, method, hasTarget, types);
        ResultType = AsyncResult.TypeOf(method.ReturnType);
        Invoker = InvokerFactory.Create(method, hasTarget);
        _isNeverNull = [.. Parameters.Select(parameter => parameter.Type.IsValueType && Nullable.GetUnderlyingType(parameter.Type) is null)];
    }

    public string Name { get; }

    public IReadOnlyList<FunctionParameter> Parameters { get; }

    public Type ResultType { get; }

    public Invoker Invoker { get; }

    /// <summary>The arguments, with those that were left out.</summary>
    public object?[] Fit(object?[] arguments)
    {
        if (arguments.Length != Parameters.Count)
            arguments = Complete(arguments);
        for (var at = 0; at < arguments.Length; at++)
            if (arguments[at] is null && _isNeverNull[at])
                throw new FunctionException(
                    FunctionErrorKind.Unfitting, $"The function '{Name}' takes a {Parameters[at].Type.Name} as '{Parameters[at].Name}', which cannot be null.");
        return arguments;
    }

    private object?[] Complete(object?[] given)
    {
        var least = Parameters.Count(parameter => !parameter.IsOptional);
        if (given.Length < least || given.Length > Parameters.Count)
        {
            var takes = least == Parameters.Count ? $"{least}" : $"{least} to {Parameters.Count}";
            var names = Parameters.Count == 0 ? "" : $" ({string.Join(", ", Parameters.Select(parameter => parameter.Name))})";
            throw new FunctionException(
                FunctionErrorKind.Unfitting, $"The function '{Name}' takes {takes} argument{(takes == "1" ? "" : "s")}{names}, but was given {given.Length}.");
        }
        return [.. given, .. Parameters.Skip(given.Length).Select(parameter => parameter.Default)];
    }

    private static IReadOnlyList<FunctionParameter> Describe(string name, MethodInfo method, bool hasTarget, IReadOnlyList<Type>? types)
    {
        var isOpen = !method.IsStatic && !hasTarget;
        var self = isOpen ? (FunctionParameter[])[new FunctionParameter("this", method.DeclaringType!)] : [];
        var own = method.GetParameters()
            .Skip(method.IsStatic && hasTarget ? 1 : 0)
            .Select(parameter => new FunctionParameter(parameter.Name ?? "", parameter.ParameterType, parameter.HasDefaultValue, DefaultOf(parameter)));
        FunctionParameter[] all = [.. self, .. own];
        if (types is null)
            return all;
        if (types.Count != all.Length)
            throw new FunctionException(FunctionErrorKind.DamagedCode, $"The code of the function '{name}' says it takes {types.Count} arguments, but the method takes {all.Length}; submit it again.");
        return [.. all.Select((parameter, at) => parameter with { Type = types[at] })];
    }

    // A default struct has no constant in the metadata.
    private static object? DefaultOf(ParameterInfo parameter) =>
        !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(parameter.ParameterType)
            : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue;
}
