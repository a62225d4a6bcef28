using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>Says why a captured value cannot travel, and what to do.</summary>
internal static class StateRefusal
{
    private const string PassIt = "pass it as an argument instead";

    /// <summary>The failure that names the field.</summary>
    /// <param name="path">The names of the fields that lead to the value, the captured variable first.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="problem">Why not and what to do, as the second half of a sentence.</param>
    public static FunctionException Of(IEnumerable<string> path, Type type, string problem)
    {
        var names = path.Select(Readable).Where(name => name.Length > 0).ToList();
        var what = names.Count == 0 ? "The object the function is called on" : $"The captured variable '{string.Join('.', names)}'";
        return new FunctionException(FunctionErrorKind.NotShippable, $"{what} of type {Display(type)} cannot travel with the function: {problem}.");
    }

    /// <summary>Why an object of a .NET type cannot travel and what to do instead; null for types that say nothing special.</summary>
    public static string? Known(object value) => value switch
    {
        INotShippable => $"it belongs to this process; {PassIt}, or leave it out",
        Stream or TextReader or TextWriter => "what it reads or writes is open in this process only; open it inside the function, or pass what it holds as an argument",
        Socket or HttpMessageInvoker => "its connections belong to this process; make it inside the function",
        Task or ValueTask => "it runs in this process; await it first and capture what it gives",
        CancellationToken or CancellationTokenSource => "it can be cancelled in this process only; cancel the future instead",
        SafeHandle or CriticalHandle or WaitHandle or nint or nuint or Pointer => "a handle means nothing in another process; make it inside the function",
        Thread or Timer or SynchronizationContext or TaskScheduler => "it belongs to this process; make it inside the function",
        IServiceProvider => "services stay in the process that made them; make what the function needs inside of it",
        MemberInfo and not Type or Assembly or Module => "it describes code that is loaded in this process only; capture the type instead",
        _ => null,
    };

    /// <summary>Why a type whose objects would have to be written field by field is not.</summary>
    public static string? Known(Type type, ICaptureScope scope)
    {
        if (type.IsDefined(typeof(InlineArrayAttribute)) || type.IsPointer || type.IsByRefLike)
            return $"its memory has no portable form; {PassIt}, as an array";
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            if (!level.IsValueType && scope.IsFramework(level) && !IsPlain(level))
                return level == type
                    ? $"it is part of .NET and its insides are not to be copied; {PassIt} or make it inside the function"
                    : $"it derives from {Display(level)}, whose insides are not to be copied; {PassIt} or make it inside the function";
        return null;
    }

    /// <summary>A type's name as its author writes it.</summary>
    public static string Display(Type type)
    {
        if (type.IsArray)
            return Display(type.GetElementType()!) + "[]";
        var name = type.FullName is { } full && !type.IsGenericType ? full : $"{type.Namespace}.{type.Name}";
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Display))}>";
    }

    // Without fields of their own, or with nothing but what was put into them.
    private static bool IsPlain(Type type) =>
        type.FullName!.StartsWith("System.Tuple`", StringComparison.Ordinal)
        || type.FullName.StartsWith("System.Collections.Generic.ComparisonComparer`", StringComparison.Ordinal)
        || type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Length == 0;

    // What the C# compiler calls what has no such name in the source.
    private static string Readable(string field)
    {
        if (field.StartsWith("CS$<>", StringComparison.Ordinal))
            return "";
        if (field is "<>4__this")
            return "this";
        if (!field.StartsWith('<'))
            return field;
        var end = field.IndexOf('>', StringComparison.Ordinal);
        return end > 1 ? field[1..end] : field;
    }
}
