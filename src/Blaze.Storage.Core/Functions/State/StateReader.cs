using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote, into new objects. A state can name any method of any type, so it is as
/// powerful as code: it is read after its signature was verified, never before.
/// </summary>
public sealed class StateReader
{
    private readonly IStateScope _scope;
    private readonly List<object?> _read = [];

    private StateReader(IStateScope scope) => _scope = scope;

    /// <summary>Reads a value.</summary>
    /// <param name="state">The JSON.</param>
    /// <param name="declared">The type it was written for.</param>
    /// <param name="scope">Where types and methods are found.</param>
    /// <exception cref="FunctionException">The bytes are no state, or do not fit the types that are here.</exception>
    public static object? Read(ReadOnlyMemory<byte> state, Type declared, IStateScope scope)
    {
        try
        {
            using var document = JsonDocument.Parse(state, new JsonDocumentOptions { MaxDepth = 8 * StateWriter.MaxDepth });
            return new StateReader(scope).ReadValue(document.RootElement, declared);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or ArgumentException or InvalidCastException or KeyNotFoundException or MissingMethodException)
        {
            throw new FunctionException(
                FunctionErrorKind.Unfitting, "The captured values of a shipped function do not fit the types of this worker; run workers of the same version as the client.", problem);
        }
    }

    private object? ReadValue(JsonElement element, Type declared)
    {
        if (element.ValueKind == JsonValueKind.Null)
            return null;
        var expected = Nullable.GetUnderlyingType(declared) ?? declared;
        if (element.ValueKind != JsonValueKind.Object)
            return Scalars.Read(element, expected);
        if (Member(element, StateForms.Reference) is { } reference)
            return _read[reference.GetInt32()] ?? throw new JsonException("An object is used before it is there.");
        return Member(element, StateForms.Type)?.GetString() switch
        {
            StateForms.StringComparerType => Note(StateForms.ComparerOf(Member(element, StateForms.Value)?.GetString())),
            StateForms.TypeType => Note(_scope.FindType(Needed(element, StateForms.Value).GetString()!)),
            { } name => ReadForm(element, _scope.FindType(name)),
            null => ReadForm(element, expected),
        };
    }

    private object ReadForm(JsonElement element, Type type)
    {
        if (Scalars.IsScalar(type))
            return Scalars.Read(Needed(element, StateForms.Value), type);
        if (Member(element, StateForms.Calls) is { } calls)
            return ReadCalls(calls, type);
        if (type.IsArray)
            return ReadArray(element, type.GetElementType()!);
        if (StateCollections.IsMap(type))
            return ReadMap(element, type);
        if (StateCollections.IsList(type))
            return ReadList(element, type);
        return ReadFields(Needed(element, StateForms.Fields), type);
    }

    private Delegate ReadCalls(JsonElement calls, Type type)
    {
        var place = Reserve();
        Delegate? value = null;
        foreach (var call in calls.EnumerateArray())
        {
            var reference = Needed(call, StateForms.Method).Deserialize(FunctionJson.Default.MethodReference) ?? throw new JsonException("A call names no method.");
            var method = _scope.FindMethod(reference);
            var target = ReadValue(Needed(call, StateForms.Target), typeof(object));
            value = Delegate.Combine(value, Delegate.CreateDelegate(type, target, method));
        }
        return (Delegate)(_read[place] = value ?? throw new JsonException("A delegate calls nothing."));
    }

    private Array ReadArray(JsonElement element, Type item)
    {
        var bytes = Member(element, StateForms.Bytes)?.GetBytesFromBase64();
        var items = bytes is null ? Needed(element, StateForms.Items) : default;
        var array = Member(element, StateForms.Lengths) is { } lengths
            ? Array.CreateInstance(item, [.. lengths.EnumerateArray().Select(length => length.GetInt32())])
            : Array.CreateInstance(item, bytes is null ? items.GetArrayLength() : bytes.Length / SizeOf(item));
        Note(array);
        if (bytes is not null)
        {
            if (!StateForms.IsBytes(item) || bytes.Length != Buffer.ByteLength(array))
                throw new JsonException("An array is not as long as it says.");
            bytes.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bytes.Length));
            return array;
        }
        var at = new int[array.Rank];
        foreach (var each in items.EnumerateArray())
        {
            array.SetValue(ReadValue(each, item), at);
            Advance(at, array);
        }
        return array;
    }

    private IDictionary ReadMap(JsonElement element, Type type)
    {
        var place = Reserve();
        var arguments = type.GetGenericArguments();
        var map = StateCollections.NewMap(type, ReadComparer(element));
        _read[place] = map;
        var keys = Needed(element, StateForms.Keys).EnumerateArray().Select(key => ReadValue(key, arguments[0])!).ToList();
        var next = 0;
        foreach (var value in Needed(element, StateForms.Values).EnumerateArray())
            map.Add(keys[next++], ReadValue(value, arguments[1]));
        return map;
    }

    private object ReadList(JsonElement element, Type type)
    {
        var place = Reserve();
        var comparer = ReadComparer(element);
        var items = Needed(element, StateForms.Items);
        var item = type.GetGenericArguments()[0];
        if (type.GetGenericTypeDefinition() == typeof(List<>))
        {
            var list = (IList)Activator.CreateInstance(type, items.GetArrayLength())!;
            _read[place] = list;
            foreach (var each in items.EnumerateArray())
                list.Add(ReadValue(each, item));
            return list;
        }
        var array = Array.CreateInstance(item, items.GetArrayLength());
        var next = 0;
        foreach (var each in items.EnumerateArray())
            array.SetValue(ReadValue(each, item), next++);
        var collection = StateCollections.NewList(type, array, comparer);
        _read[place] = collection;
        return collection;
    }

    private object? ReadComparer(JsonElement element) =>
        Member(element, StateForms.Comparer) is { } comparer ? ReadValue(comparer, typeof(object)) : null;

    private object ReadFields(JsonElement fields, Type type)
    {
        // A lock is made anew, by its own constructor; what it guarded here does not travel.
        var value = type == typeof(Lock) ? Activator.CreateInstance(type)! : RuntimeHelpers.GetUninitializedObject(type);
        if (!type.IsValueType)
            Note(value);
        foreach (var (name, field) in StateFields.Of(type))
            if (fields.TryGetProperty(name, out var stored))
                field.SetValue(value, ReadValue(stored, field.FieldType));
        return value;
    }

    private static void Advance(int[] at, Array array)
    {
        for (var dimension = at.Length - 1; dimension >= 0 && ++at[dimension] == array.GetLength(dimension) && dimension > 0; dimension--)
            at[dimension] = 0;
    }

    private static int SizeOf(Type item) => Buffer.ByteLength(Array.CreateInstance(item, 1));

    private static JsonElement? Member(JsonElement element, JsonEncodedText name) =>
        element.TryGetProperty(name.EncodedUtf8Bytes, out var member) ? member : null;

    private static JsonElement Needed(JsonElement element, JsonEncodedText name) =>
        Member(element, name) ?? throw new JsonException($"'{name}' is missing.");

    private int Reserve()
    {
        _read.Add(null);
        return _read.Count - 1;
    }

    private object Note(object value)
    {
        _read.Add(value);
        return value;
    }
}
