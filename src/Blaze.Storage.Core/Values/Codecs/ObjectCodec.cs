using System.Text.Json;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Values.Arrays;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>
/// Values whose type nobody declared: written as what they are, read as the format suggests. JSON becomes a <see cref="JsonElement"/>,
/// raw a byte array, npy an array or, unless it has one axis, an <see cref="NdArray{T}"/>.
/// </summary>
internal sealed class ObjectCodec : ValueCodec<object>
{
    private readonly JsonCodec<object> _json = new();

    public override Value Encode(object value) =>
        value is null ? Null : value.GetType() == typeof(object) ? _json.Encode(value) : ValueFormats.Encode(value, value.GetType());

    public override object? Decode(in Value value, string name) => value.Format switch
    {
        ValueFormat.Raw => ValueCodec<byte[]>.Instance.Decode(value, name),
        ValueFormat.Npy => ValueFormats.Decode(value, ArrayTypeOf(value, name), name),
        ValueFormat.Json => _json.Decode(value, name),
        _ => throw Unfit(value, name),
    };

    private static Type ArrayTypeOf(in Value value, string name)
    {
        NpyHeader header;
        try
        {
            header = NpyBytes.HeaderOf(value.Bytes);
        }
        catch (InvalidDataException exception)
        {
            throw ValueException.Damaged(name, exception.Message, exception);
        }

        var element = NpyElements.TypeOf(header.Descr) ?? throw Unfit(value, name);
        return header.Shape.Count == 1 && element != typeof(byte) ? element.MakeArrayType() : typeof(NdArray<>).MakeGenericType(element);
    }
}
