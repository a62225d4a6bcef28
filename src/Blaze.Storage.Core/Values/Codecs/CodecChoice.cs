using System.Reflection;
using Blaze.Storage.Core.Values.Arrays;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>Which codec a type has.</summary>
internal static class CodecChoice
{
    /// <summary>The codec of a type, the same at each call.</summary>
    /// <exception cref="ValueException">Nothing of this type can be a value at all.</exception>
    public static ValueCodec Of(Type type)
    {
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsFunctionPointer || type.ContainsGenericParameters || type == typeof(void))
            throw new ValueException($"A value of type {Description.NameOf(type)} cannot be turned into bytes: it only exists on a stack, or not at all.");
        var instance = typeof(ValueCodec<>).MakeGenericType(type).GetProperty(nameof(ValueCodec<>.Instance), BindingFlags.Public | BindingFlags.Static)!;
        return (ValueCodec)instance.GetValue(null)!;
    }

    /// <summary>A new codec for a type.</summary>
    public static ValueCodec Create(Type type)
    {
        if (type == typeof(object))
            return new ObjectCodec();
        if (type == typeof(byte[]))
            return new BytesCodec();
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyBytesCodec();
        if (type == typeof(Memory<byte>))
            return new WritableBytesCodec();
        if (type.IsAssignableTo(typeof(Stream)))
            return Make(typeof(StreamCodec<>), type);
        return OfNumbers(type) ?? Make(typeof(JsonCodec<>), type);
    }

    private static ValueCodec? OfNumbers(Type type)
    {
        if (type.IsPrimitive && type != typeof(bool) && type != typeof(char) && NpyElements.CodeOf(type) is not null)
            return Make(typeof(NumberCodec<>), type);
        if (type.IsSZArray && NpyElements.CodeOf(type.GetElementType()!) is not null)
            return Make(typeof(ArrayCodec<>), type.GetElementType()!);
        if (!type.IsGenericType || NpyElements.CodeOf(type.GenericTypeArguments[0]) is null)
            return null;
        var definition = type.GetGenericTypeDefinition();
        var codec = definition == typeof(NdArray<>) ? typeof(NdArrayCodec<>)
            : definition == typeof(ReadOnlyMemory<>) ? typeof(ReadOnlyNumbersCodec<>)
            : definition == typeof(Memory<>) ? typeof(WritableNumbersCodec<>)
            : null;
        return codec is null ? null : Make(codec, type.GenericTypeArguments[0]);
    }

    private static ValueCodec Make(Type definition, Type argument) =>
        (ValueCodec)Activator.CreateInstance(definition.MakeGenericType(argument))!;
}
