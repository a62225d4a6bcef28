using System.Buffers;
using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>
/// Writes the values a function captured as JSON. Objects that are used twice, or use themselves, stay one object. Objects are written
/// field by field, so private state travels and no constructor runs where they are read. See the protocol for the forms.
/// </summary>
public sealed class StateWriter
{
    /// <summary>How deep objects may lie within each other.</summary>
    public const int MaxDepth = 200;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ICaptureScope _scope;
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<object, int> _written = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _path = [];
    private int _depth;

    private StateWriter(ICaptureScope scope, Utf8JsonWriter writer)
    {
        _scope = scope;
        _writer = writer;
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="declared">The type that whoever reads it expects; objects of it do not carry their type.</param>
    /// <param name="scope">What is used and how it is named.</param>
    /// <exception cref="FunctionException">Something in it cannot travel; the message names the captured variable and the fields that lead to it.</exception>
    public static byte[] Write(object value, Type declared, ICaptureScope scope)
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, Options))
            new StateWriter(scope, json).WriteValue(value, declared);
        return target.WrittenSpan.ToArray();
    }

    private void WriteValue(object? value, Type declared)
    {
        if (value is null)
        {
            _writer.WriteNullValue();
            return;
        }
        var type = value.GetType();
        var expected = type == (Nullable.GetUnderlyingType(declared) ?? declared);
        if (expected && Scalars.IsScalar(type))
        {
            Scalars.Write(_writer, value, type);
            return;
        }
        if (!type.IsValueType && !Scalars.IsScalar(type))
        {
            if (_written.TryGetValue(value, out var number))
            {
                _writer.WriteStartObject();
                _writer.WriteNumber(StateForms.Reference, number);
                _writer.WriteEndObject();
                return;
            }
            _written.Add(value, _written.Count);
        }
        if (++_depth > MaxDepth)
            throw StateRefusal.Of(_path.Take(4).Append("…"), type, $"its objects lie more than {MaxDepth} deep within each other; pass it as an argument instead");
        _writer.WriteStartObject();
        WriteForm(value, type, expected);
        _writer.WriteEndObject();
        _depth--;
    }

    private void WriteForm(object value, Type type, bool expected)
    {
        if (StateForms.ComparerName(value) is { } comparer)
        {
            _writer.WriteString(StateForms.Type, StateForms.StringComparerType);
            _writer.WriteString(StateForms.Value, comparer);
            return;
        }
        if (value is Type described)
        {
            _writer.WriteString(StateForms.Type, StateForms.TypeType);
            _writer.WriteString(StateForms.Value, _scope.NameOf(described));
            return;
        }
        if (StateRefusal.Known(value) is { } problem)
            throw StateRefusal.Of(_path, type, problem);
        if (_scope.IsRefused(value))
            throw StateRefusal.Of(_path, type, "it belongs to this process; pass it as an argument instead, or leave it out");
        if (!expected)
            _writer.WriteString(StateForms.Type, _scope.NameOf(type));
        if (Scalars.IsScalar(type))
        {
            _writer.WritePropertyName(StateForms.Value);
            Scalars.Write(_writer, value, type);
        }
        else if (value is Delegate call)
            WriteCalls(call);
        else if (value is Array array)
            WriteArray(array, type.GetElementType()!);
        else if (StateCollections.IsMap(type))
            WriteMap((IDictionary)value, type);
        else if (StateCollections.IsList(type))
            WriteList((IEnumerable)value, type);
        else
            WriteFields(value, type);
    }

    private void WriteCalls(Delegate value)
    {
        _writer.WriteStartArray(StateForms.Calls);
        foreach (var call in value.GetInvocationList())
        {
            _writer.WriteStartObject();
            _writer.WritePropertyName(StateForms.Method);
            JsonSerializer.Serialize(_writer, _scope.NameOf(call.Method), FunctionJson.Readable.MethodReference);
            _writer.WritePropertyName(StateForms.Target);
            WriteValue(call.Target, typeof(object));
            _writer.WriteEndObject();
        }
        _writer.WriteEndArray();
    }

    private void WriteArray(Array array, Type element)
    {
        if (!array.GetType().IsSZArray)
        {
            _writer.WriteStartArray(StateForms.Lengths);
            for (var dimension = 0; dimension < array.Rank; dimension++)
            {
                if (array.GetLowerBound(dimension) != 0)
                    throw StateRefusal.Of(_path, array.GetType(), "its first index is not 0; pass it as an argument instead");
                _writer.WriteNumberValue(array.GetLength(dimension));
            }
            _writer.WriteEndArray();
        }
        if (StateForms.IsBytes(element))
            _writer.WriteBase64String(StateForms.Bytes, MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)));
        else
            WriteItems(StateForms.Items, array, element);
    }

    private void WriteMap(IDictionary map, Type type)
    {
        var arguments = type.GetGenericArguments();
        WriteComparer(map);
        WriteItems(StateForms.Keys, map.Keys, arguments[0]);
        WriteItems(StateForms.Values, map.Values, arguments[1]);
    }

    private void WriteList(IEnumerable list, Type type)
    {
        WriteComparer(list);
        WriteItems(StateForms.Items, list, type.GetGenericArguments()[0]);
    }

    private void WriteComparer(object collection)
    {
        if (StateCollections.ComparerOf(collection) is not { } comparer)
            return;
        _writer.WritePropertyName(StateForms.Comparer);
        _path.Add("Comparer");
        WriteValue(comparer, typeof(object));
        _path.RemoveAt(_path.Count - 1);
    }

    private void WriteItems(JsonEncodedText name, IEnumerable items, Type element)
    {
        _writer.WriteStartArray(name);
        foreach (var item in items)
            WriteValue(item, element);
        _writer.WriteEndArray();
    }

    private void WriteFields(object value, Type type)
    {
        _writer.WriteStartObject(StateForms.Fields);
        if (type != typeof(object) && type != typeof(Lock))
        {
            if (StateRefusal.Known(type, _scope) is { } problem)
                throw StateRefusal.Of(_path, type, problem);
            _scope.Enter(type);
            foreach (var (name, field) in StateFields.Of(type))
            {
                if (!_scope.IsUsed(field))
                    continue;
                _path.Add(field.Name);
                if (field.FieldType.IsPointer || field.FieldType.IsFunctionPointer || field.FieldType == typeof(nint) || field.FieldType == typeof(nuint))
                    throw StateRefusal.Of(_path, field.FieldType, "an address means nothing in another process; make it inside the function");
                _writer.WritePropertyName(name);
                WriteValue(field.GetValue(value), field.FieldType);
                _path.RemoveAt(_path.Count - 1);
            }
        }
        _writer.WriteEndObject();
    }
}
