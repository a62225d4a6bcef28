using System.Reflection;
using System.Reflection.Metadata;
using System.Text.Json;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// Makes System.Text.Json forget the types it has seen. Besides what belongs to its options, and goes with them, it keeps accessors of
/// members in a table of the process, and that keeps unloaded assemblies alive. It offers the way to empty it that hot reload uses, found
/// by the attribute which announces it.
/// </summary>
internal static class JsonCaches
{
    private static readonly Action<Type[]?>? ClearCache = typeof(JsonSerializer).Assembly
        .GetCustomAttributes<MetadataUpdateHandlerAttribute>()
        .Select(attribute => attribute.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])]))
        .FirstOrDefault(method => method is not null)?
        .CreateDelegate<Action<Type[]?>>();

    public static void Clear() => ClearCache?.Invoke(null);
}
