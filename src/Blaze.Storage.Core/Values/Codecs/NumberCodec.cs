using System.Globalization;
using System.Numerics;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>A number as JSON, without the serialiser's set-up per call; what is not plain digits goes there.</summary>
internal sealed class NumberCodec<T> : ValueCodec<T>
    where T : unmanaged, INumber<T>, IUtf8SpanFormattable
{
    private const int LongestNumber = 32;
    private static readonly NumberStyles Styles = T.IsInteger(T.One / (T.One + T.One))
        ? NumberStyles.AllowLeadingSign
        : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly JsonCodec<T> _json = new();

    public override Value Encode(T value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        return T.IsFinite(value) && value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            ? new Value(ValueFormat.Json, text[..length].ToArray())
            : _json.Encode(value);
    }

    public override T Decode(in Value value, string name)
    {
        var text = value.Bytes.FirstSpan;
        if (value.Format == ValueFormat.Json
            && value.Bytes.IsSingleSegment
            && IsPlain(text)
            && T.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number))
            return number;
        return value.Format == ValueFormat.Npy ? DecodeSingle(value, name) : _json.Decode(value, name);
    }

    private static bool IsPlain(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= LongestNumber && (text is [>= (byte)'1' and <= (byte)'9', ..] or [(byte)'0']) && text[^1] != (byte)'.';

    // An array without axes is what numpy makes of a single number.
    private static T DecodeSingle(in Value value, string name) =>
        Npy.Read<T>(value, name) is ({ } elements, []) ? elements[0] : throw Unfit(value, name);
}
