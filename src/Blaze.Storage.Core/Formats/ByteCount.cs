using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Blaze.Storage.Core.Formats;

/// <summary>
/// A number of bytes as users write it: <c>4096</c>, <c>64Ki</c>, <c>1.5Gi</c>. Suffixes are Ki, Mi, Gi and Ti (powers of 1024); a
/// fraction is fine where it is a whole number of bytes.
/// </summary>
public static class ByteCount
{
    // 2^63 has 19 digits, and a fraction of 2^40 that is whole has at most 40: bounds for the arithmetic.
    private const int MostDigits = 19;
    private const int MostFractionDigits = 40;
    private const string TooLarge = "is too large; the largest byte count is 9223372036854775807";
    private const string NotWhole = "is not a whole number of bytes";

    private static readonly (string Suffix, int Shift)[] Units = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40)];

    /// <summary>Reads a byte count, 0 … 2^63-1.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="problem">Why not, as the end of a sentence that began with the text.</param>
    public static bool TryParse(string text, out long bytes, [NotNullWhen(false)] out string? problem)
    {
        bytes = 0;
        var shift = 0;
        var number = text.AsSpan();
        foreach (var unit in Units)
        {
            if (!text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase))
                continue;
            shift = unit.Shift;
            number = number[..^unit.Suffix.Length];
            break;
        }

        problem = Problem(number, shift, out bytes);
        return problem is null;
    }

    private static string? Problem(ReadOnlySpan<char> number, int shift, out long bytes)
    {
        bytes = 0;
        if (number.StartsWith("-"))
            return "is negative; a byte count starts at 0";
        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? [] : number[(point + 1)..];
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction)))
            return "is not a byte count; write for example 4096, 64Ki, 1.5Gi or 2Ti";
        fraction = fraction.TrimEnd('0');
        whole = whole.TrimStart('0');
        if (whole.Length > MostDigits)
            return TooLarge;
        if (fraction.Length > MostFractionDigits)
            return NotWhole;

        var digits = BigInteger.Parse(string.Concat("0", whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        var exact = BigInteger.DivRem(digits << shift, BigInteger.Pow(10, fraction.Length), out var rest);
        if (exact > long.MaxValue)
            return TooLarge;
        if (!rest.IsZero)
            return NotWhole;
        bytes = (long)exact;
        return null;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
