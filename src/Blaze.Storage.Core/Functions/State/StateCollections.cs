using System.Collections;
using System.Reflection;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>The collections of .NET that travel by what is in them, with their comparer where it is not the default one.</summary>
internal static class StateCollections
{
    private static readonly HashSet<Type> Lists =
    [
        typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(LinkedList<>), typeof(SortedSet<>),
    ];

    private static readonly HashSet<Type> Maps = [typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>)];

    public static bool IsList(Type type) => type.IsConstructedGenericType && Lists.Contains(type.GetGenericTypeDefinition());

    public static bool IsMap(Type type) => type.IsConstructedGenericType && Maps.Contains(type.GetGenericTypeDefinition());

    /// <summary>The comparer, or null for the default one and for collections without.</summary>
    public static object? ComparerOf(object collection)
    {
        var type = collection.GetType();
        var comparer = type.GetProperty("Comparer", BindingFlags.Public | BindingFlags.Instance)?.GetValue(collection);
        if (comparer is null)
            return null;
        var key = type.GetGenericArguments()[0];
        var kind = comparer.GetType();
        var isDefault = Equals(comparer, DefaultOf(typeof(EqualityComparer<>), key)) || Equals(comparer, DefaultOf(typeof(Comparer<>), key));
        return isDefault || kind == typeof(object) ? null : comparer;
    }

    /// <summary>Makes a map; it is empty, so that what is put into it may refer to it.</summary>
    public static IDictionary NewMap(Type type, object? comparer) =>
        (IDictionary)(comparer is null ? Activator.CreateInstance(type)! : Activator.CreateInstance(type, comparer)!);

    /// <summary>Makes a collection of items in the order they are counted out.</summary>
    public static object NewList(Type type, Array items, object? comparer)
    {
        if (type.GetGenericTypeDefinition() == typeof(Stack<>))
            Array.Reverse(items);
        return comparer is null ? Activator.CreateInstance(type, items)! : Activator.CreateInstance(type, items, comparer)!;
    }

    private static object? DefaultOf(Type comparer, Type key) =>
        comparer.MakeGenericType(key).GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null);
}
