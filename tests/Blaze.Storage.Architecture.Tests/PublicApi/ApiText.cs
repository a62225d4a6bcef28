using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Blaze.Storage.Architecture.Tests.PublicApi;

/// <summary>Writes what other projects can see of a library, one line per type and member, in a stable order.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var lines =
            from type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            from line in (string[])[TypeLine(type), .. MemberLines(type)]
            select line;
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> MemberLines(Type type) =>
        type.IsSubclassOf(typeof(Delegate))
            ? []
            : type.GetMembers(Declared)
                .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is PropertyInfo)
                .Select(MemberLine)
                .OfType<string>()
                .Order(StringComparer.Ordinal)
                .Select(line => "    " + line);

    private static string TypeLine(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => $"delegate {Name(type.GetMethod("Invoke")!.ReturnType)}",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var parameters = type.IsSubclassOf(typeof(Delegate)) ? $"({Parameters(type.GetMethod("Invoke")!)})" : "";
        Type?[] parents = [type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && parent != typeof(MulticastDelegate) ? parent : null];
        var bases = parents.OfType<Type>().Select(Name).Concat(type.IsEnum ? [] : OwnInterfaces(type));
        var heritage = string.Join(", ", bases);
        return $"{kind} {type.Namespace}.{Name(type)}{parameters}{(heritage.Length > 0 ? " : " + heritage : "")}";
    }

    private static IEnumerable<string> OwnInterfaces(Type type) =>
        type.GetInterfaces().Where(each => each.IsVisible).Select(Name).Order(StringComparer.Ordinal);

    private static string? MemberLine(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field) => FieldLine(field),
        ConstructorInfo constructor when IsSeen(constructor) => $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Access(method)}{Modifier(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property => PropertyLine(property),
        EventInfo happening when happening.AddMethod is { } add && IsSeen(add) => $"{Access(add)}{Modifier(add)}event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string? FieldLine(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
            return field.IsLiteral ? $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : null;
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        var value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{modifier}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}{value}";
    }

    private static string? PropertyLine(PropertyInfo property)
    {
        var get = property.GetMethod is { } reader && IsSeen(reader) ? reader : null;
        var set = property.SetMethod is { } writer && IsSeen(writer) ? writer : null;
        if ((get ?? set) is not { } either)
            return null;
        var isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var accessors = (get is null ? "" : "get; ") + (set is null ? "" : isInit ? "init; " : "set; ");
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } indexes ? $"[{string.Join(", ", indexes.Select(Parameter))}]" : "";
        return $"{Access(either)}{Modifier(either)}{required}{Name(property.PropertyType)} {property.Name}{index} {{ {accessors}}}";
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodBase method) => method switch
    {
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : "virtual ",
        _ => "",
    };

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ => "",
        };
        return $"{way}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsPointer)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return type.Name;
        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType is { } declaring ? Name(declaring).Split('<')[0] + "." : "";
        return type.IsGenericType ? $"{outer}{own}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : outer + own;
    }
}
