using System.Reflection;
using System.Runtime.CompilerServices;

namespace Blaze.Storage.Client.Functions;

/// <summary>
/// Finds which captured variables a method uses. The compiler gives all lambdas of a scope one closure object, so a lambda's object also
/// holds what only its neighbours captured. Nobody but code that the compiler generated can name a closure's fields, so it is enough to
/// follow that code: the method, the lambdas and local functions made inside it, and the state machines of async methods and iterators.
/// </summary>
internal static class ClosureScan
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<MemberInfo, FieldName[]> Known = [];

    /// <summary>Whether objects of this type are closures, of which only used fields travel.</summary>
    public static bool IsClosure(Type type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal);

    /// <summary>Whether the compiler made this type for a method of which objects exist by themselves: an iterator, for example.</summary>
    public static bool IsStateMachine(Type type) => type.Name.StartsWith('<') && !type.Name.StartsWith("<>c", StringComparison.Ordinal);

    /// <summary>The closure fields that a method, or any method of a generated type, uses.</summary>
    public static FieldName[] UsedBy(MemberInfo methodOrType) => Known.GetValue(methodOrType, Find);

    public static FieldName NameOf(FieldInfo field) => new(field.Module, field.MetadataToken);

    private static FieldName[] Find(MemberInfo start)
    {
        var used = new HashSet<FieldName>();
        var seen = new HashSet<FieldName>();
        var open = new Stack<MethodBase>();
        if (start is Type type)
            PushAll(type);
        else
            Push((MethodBase)start);
        while (open.TryPop(out var method))
            foreach (var member in IlCode.MembersOf(method))
                Follow(member);
        return [.. used];

        void Follow(MemberInfo member)
        {
            var home = member as Type ?? member.DeclaringType;
            if (home is null)
                return;
            if (member is FieldInfo field && IsClosure(home))
                used.Add(NameOf(field));
            if (IsStateMachine(home) && seen.Add(new FieldName(home.Module, home.MetadataToken)))
                PushAll(home);
            else if (member is MethodBase method && (method.Name.StartsWith('<') || home.Name.StartsWith('<')))
                Push(method);
        }

        void PushAll(Type generated)
        {
            foreach (var method in generated.GetMethods(Declared))
                Push(method);
        }

        void Push(MethodBase method)
        {
            if (seen.Add(new FieldName(method.Module, method.MetadataToken)))
                open.Push(method);
        }
    }
}

/// <summary>A member of a module, whatever generic arguments its type has.</summary>
internal readonly record struct FieldName(Module Module, int Token);
