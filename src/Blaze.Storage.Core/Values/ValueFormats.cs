using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Values.Codecs;

namespace Blaze.Storage.Core.Values;

/// <summary>
/// Turns C# values into formats and back; docs/values.md has the table. A null of any type is the JSON null.
/// </summary>
public static class ValueFormats
{
    // By type, for callers that know it at run time only. Types of unloadable code are not kept alive by it.
    private static readonly ConditionalWeakTable<Type, ValueCodec> ByType = [];

    /// <summary>The bytes of a value. Arrays and memory are not copied: they must not change while the result is in use.</summary>
    /// <exception cref="ValueException">Values of this type, or this one, cannot be turned into bytes.</exception>
    public static Value Encode<T>(T value) => ValueCodec<T>.Instance.Encode(value);

    /// <summary>As <see cref="Encode{T}"/>, for a type known at run time.</summary>
    /// <param name="value">The value, of that type.</param>
    /// <param name="type">The declared type.</param>
    public static Value Encode(object? value, Type type) => CodecOf(type).EncodeObject(value);

    /// <summary>
    /// Reads a value. Arrays are copies. <see cref="ReadOnlyMemory{T}"/> and <see cref="Stream"/> may be views of the value's bytes, which
    /// are good for as long as those are.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="name">What to call it in an error, usually its key.</param>
    /// <exception cref="ValueException">It is of another format or type; the message says which.</exception>
    public static T? Decode<T>(in Value value, string name) => ValueCodec<T>.Instance.Decode(value, name);

    /// <summary>As <see cref="Decode{T}"/>, for a type known at run time.</summary>
    public static object? Decode(in Value value, Type type, string name) => CodecOf(type).DecodeObject(value, name);

    private static ValueCodec CodecOf(Type type) => ByType.GetValue(type, CodecChoice.Of);
}
