using Blaze.Storage.Core.Values.Arrays;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>Arrays of numbers as npy of one axis. A JSON list is read as well: that is what languages without numpy send.</summary>
internal sealed class ArrayCodec<T> : ValueCodec<T[]>
    where T : unmanaged
{
    private readonly JsonCodec<T[]> _json = new();

    public override Value Encode(T[] value) => value is null ? Null : NpyBytes.Encode<T>(value, [value.Length]);

    public override T[]? Decode(in Value value, string name)
    {
        if (value.Format != ValueFormat.Npy)
            return _json.Decode(value, name);
        return Npy.Read<T>(value, name) is ({ } elements, [_]) ? elements : throw Unfit(value, name);
    }
}

/// <summary>Arrays of any number of axes.</summary>
internal sealed class NdArrayCodec<T> : ValueCodec<NdArray<T>>
    where T : unmanaged
{
    public override Value Encode(NdArray<T> value) => value is null ? Null : NpyBytes.Encode<T>(value.Data, [.. value.Shape]);

    public override NdArray<T>? Decode(in Value value, string name)
    {
        if (IsNull(value))
            return null;
        return value.Format == ValueFormat.Npy && Npy.Read<T>(value, name) is var (elements, shape)
            ? new NdArray<T>(elements, shape)
            : throw Unfit(value, name);
    }
}

/// <summary>Memory of numbers as npy of one axis, read without a copy where it can be.</summary>
internal sealed class ReadOnlyNumbersCodec<T> : ValueCodec<ReadOnlyMemory<T>>
    where T : unmanaged
{
    public override Value Encode(ReadOnlyMemory<T> value) => NpyBytes.Encode(value, [value.Length]);

    public override ReadOnlyMemory<T> Decode(in Value value, string name) =>
        value.Format == ValueFormat.Npy && Npy.View<T>(value, name) is { } view ? view : ValueCodec<T[]>.Instance.Decode(value, name);
}

/// <summary>Memory of numbers that may be written to, hence read as a copy.</summary>
internal sealed class WritableNumbersCodec<T> : ValueCodec<Memory<T>>
    where T : unmanaged
{
    public override Value Encode(Memory<T> value) => NpyBytes.Encode<T>(value, [value.Length]);

    public override Memory<T> Decode(in Value value, string name) => ValueCodec<T[]>.Instance.Decode(value, name);
}

/// <summary>Damage in .npy said with the value's name.</summary>
internal static class Npy
{
    public static (T[] Elements, int[] Shape)? Read<T>(in Value value, string name)
        where T : unmanaged
    {
        try
        {
            return NpyBytes.Decode<T>(value.Bytes);
        }
        catch (InvalidDataException exception)
        {
            throw ValueException.Damaged(name, exception.Message, exception);
        }
    }

    public static ReadOnlyMemory<T>? View<T>(in Value value, string name)
        where T : unmanaged
    {
        try
        {
            return NpyBytes.View<T>(value.Bytes);
        }
        catch (InvalidDataException exception)
        {
            throw ValueException.Damaged(name, exception.Message, exception);
        }
    }
}
