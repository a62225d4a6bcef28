using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>The fields of a type's objects, those of its base types included, and what they are called in a state.</summary>
internal static class StateFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConditionalWeakTable<Type, StateField[]> Known = [];

    /// <summary>The fields, those marked <see cref="NonSerializedAttribute"/> left out.</summary>
    public static StateField[] Of(Type type) => Known.GetValue(type, Find);

    private static StateField[] Find(Type type)
    {
        var fields = new List<StateField>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var depth = 0;
        for (var level = type; level is not null; level = level.BaseType, depth++)
            foreach (var field in level.GetFields(Own))
            {
                if (field.IsDefined(typeof(NonSerializedAttribute)))
                    continue;
                // A private field may be hidden by one of the same name in a derived type.
                var name = names.Add(field.Name) ? field.Name : string.Create(CultureInfo.InvariantCulture, $"{field.Name}:{depth}");
                fields.Add(new StateField(name, field));
            }
        return [.. fields];
    }
}

/// <summary>A field and its name in a state.</summary>
internal readonly record struct StateField(string Name, FieldInfo Field);
