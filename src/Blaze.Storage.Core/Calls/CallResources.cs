using System.Buffers;
using System.Text.Json;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// The resources in a call's recipe. They stand right behind its kind, so that a worker sees by the first bytes whether a call takes any, however long its
/// arguments are.
/// </summary>
internal static class CallResources
{
    private static ReadOnlySpan<byte> Begin => "{\"kind\":\"call\","u8;

    private static ReadOnlySpan<byte> Member => "\"resources\":"u8;

    /// <summary>The beginning of a recipe with resources.</summary>
    /// <param name="head">The beginning without.</param>
    /// <param name="resources">Some.</param>
    public static byte[] Insert(byte[] head, ResourceAmounts resources)
    {
        var buffer = new ArrayBufferWriter<byte>(head.Length + 64);
        buffer.Write(head.AsSpan(0, Begin.Length));
        buffer.Write(Member);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, amount) in resources.Items)
                json.WriteNumber(name, amount);
            json.WriteEndObject();
        }

        buffer.Write(","u8);
        buffer.Write(head.AsSpan(Begin.Length));
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether a recipe has any.</summary>
    public static bool AreIn(ReadOnlySpan<byte> recipe) => recipe.StartsWith(Begin) && recipe[Begin.Length..].StartsWith(Member);

    /// <summary>Reads the member whose name was read.</summary>
    public static ResourceAmounts Read(ref Utf8JsonReader json)
    {
        var items = new List<KeyValuePair<string, long>>();
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Resources are an object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            items.Add(new(name, json.GetInt64()));
        }

        try
        {
            return ResourceAmounts.Of(items);
        }
        catch (BlazeException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }
}
