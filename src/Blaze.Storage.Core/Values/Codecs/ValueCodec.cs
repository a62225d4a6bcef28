namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>How the values of one type become bytes and come back.</summary>
internal abstract class ValueCodec
{
    public abstract Value EncodeObject(object? value);

    public abstract object? DecodeObject(in Value value, string name);
}

/// <inheritdoc/>
internal abstract class ValueCodec<T> : ValueCodec
{
    private static readonly byte[] NullText = [.. "null"u8];

    /// <summary>The one codec of the type.</summary>
    public static ValueCodec<T> Instance { get; } = (ValueCodec<T>)CodecChoice.Create(typeof(T));

    protected static Value Null => new(ValueFormat.Json, NullText);

    public abstract Value Encode(T value);

    public abstract T? Decode(in Value value, string name);

    public sealed override Value EncodeObject(object? value) => Encode((T)value!);

    public sealed override object? DecodeObject(in Value value, string name) => Decode(value, name);

    protected static bool IsNull(in Value value) =>
        value.Format == ValueFormat.Json && value.Length == NullText.Length && value.Contiguous().Span.SequenceEqual(NullText);

    protected static ValueException Unfit(in Value value, string name, string detail = "", Exception? cause = null) =>
        ValueException.Unfit(value, name, typeof(T), detail, cause);
}
