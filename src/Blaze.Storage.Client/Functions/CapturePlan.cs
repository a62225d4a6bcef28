using System.Reflection;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Functions.State;

namespace Blaze.Storage.Client.Functions;

/// <summary>What is the same whenever a method is captured through one type of delegate.</summary>
internal sealed class CapturePlan
{
    private readonly Type _target;
    private readonly MethodReference _reference;
    private readonly HashSet<Assembly> _roots = [];
    private readonly IReadOnlyList<string>? _parameters;
    private readonly FieldName[] _used;
    private readonly IReadOnlyList<AssemblyImage> _images;
    private readonly FunctionCode _code;
    private readonly MethodInfo _method;
    private Tuple<string?, string>? _name;

    private CapturePlan(MethodInfo method, Type delegateType, object? target)
    {
        _method = method;
        var declared = method.GetParameters();
        var asked = delegateType.GetMethod("Invoke")!.GetParameters();
        var isClosed = method.IsStatic && declared.Length == asked.Length + 1;
        _reference = MethodNaming.Of(method, _roots);
        _roots.Add(method.Module.Assembly);
        _target = isClosed ? declared[0].ParameterType : method.DeclaringType!;
        Kind = isClosed ? TargetKind.State
            : method.IsStatic || target is null ? TargetKind.None
            : IsEmpty(target.GetType()) && target.GetType() == _target ? TargetKind.Empty
            : TargetKind.State;
        ParameterTypes = [.. asked.Select(parameter => parameter.ParameterType)];
        ResultType = AwaitedType(method.ReturnType);
        Check(method, declared);
        Type[] expected = [.. !method.IsStatic && target is null ? (Type[])[_target] : [], .. declared.Skip(isClosed ? 1 : 0).Select(parameter => parameter.ParameterType)];
        _parameters = expected.SequenceEqual(ParameterTypes) ? null : [.. ParameterTypes.Select(type => TypeName.Of(type, _roots))];
        _used = Kind == TargetKind.State ? ClosureScan.UsedBy(method) : [];
        _images = AssemblySet.ImagesOf(_roots);
        _code = CodeOf(_images);
    }

    public TargetKind Kind { get; }

    public IReadOnlyList<Type> ParameterTypes { get; }

    public Type ResultType { get; }

    public static CapturePlan Of(MethodInfo method, Type delegateType, object? target) => new(method, delegateType, target);

    /// <summary>The function's name. A call has one text, so the last one is most likely the next one.</summary>
    public string NameFor(string? expression)
    {
        var last = Volatile.Read(ref _name);
        if (last is null || !string.Equals(last.Item1, expression, StringComparison.Ordinal))
            Volatile.Write(ref _name, last = new Tuple<string?, string>(expression, FunctionNaming.Of(_method, expression)));
        return last.Item2;
    }

    /// <summary>The function without captured values.</summary>
    public CapturedFunction Capture(string name) => new(name, _code, ReadOnlyMemory<byte>.Empty, _images, ParameterTypes, ResultType);

    /// <summary>The function with what its object holds now.</summary>
    public CapturedFunction Capture(string name, object? target, Func<object, bool> refuses, int maxBytes)
    {
        var scope = new CaptureScope(_used, refuses);
        byte[] state;
        int known;
        do
        {
            known = scope.UsedCount;
            state = target is null ? [.. "null"u8] : StateWriter.Write(target, _target, scope);
        }
        while (scope.UsedCount > known);
        if (state.Length > maxBytes)
            throw new FunctionException(
                FunctionErrorKind.NotShippable, $"The function '{name}' captures {state.Length:N0} bytes, more than the {maxBytes:N0} that travel with each call; pass large values as arguments instead.");
        var isCovered = scope.Assemblies.All(assembly => _roots.Contains(assembly) || !AssemblySet.Travels(assembly));
        var images = isCovered ? _images : AssemblySet.ImagesOf(_roots.Concat(scope.Assemblies));
        return new CapturedFunction(name, isCovered ? _code : CodeOf(images), state, images, ParameterTypes, ResultType);
    }

    private FunctionCode CodeOf(IReadOnlyList<AssemblyImage> images) =>
        FunctionCode.Create(images.Select(image => new AssemblyReference(image.Name, image.Hash)), _reference, Kind, _parameters);

    private static bool IsEmpty(Type type) =>
        !type.IsValueType && !AssemblySet.IsFramework(type.Assembly) && IsWithoutFields(type);

    private static bool IsWithoutFields(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
            if (level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Length > 0)
                return false;
        return true;
    }

    private static void Check(MethodInfo method, ParameterInfo[] parameters)
    {
        var name = FunctionNaming.Of(method, null);
        foreach (var parameter in parameters.Append(method.ReturnParameter))
            if (parameter.ParameterType is { IsByRef: true } or { IsPointer: true } or { IsByRefLike: true })
                throw new FunctionException(
                    FunctionErrorKind.NotShippable,
                    parameter == method.ReturnParameter
                        ? $"The function '{name}' returns a reference into memory, which cannot travel; return a value or an array instead."
                        : $"The function '{name}' takes '{parameter.Name}' by reference, which cannot travel; take a value or an array instead.");
    }

    private static Type AwaitedType(Type type)
    {
        if (type == typeof(Task) || type == typeof(ValueTask))
            return typeof(void);
        var isAwaited = type.IsConstructedGenericType && type.GetGenericTypeDefinition() is var shape && (shape == typeof(Task<>) || shape == typeof(ValueTask<>));
        return isAwaited ? type.GetGenericArguments()[0] : type;
    }
}
