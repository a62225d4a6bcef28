using System.Globalization;

namespace Blaze.Storage.Core.Operations.Statistics;

/// <summary>A number that is either an exact integer of up to 128 bits or a double.</summary>
public readonly record struct Number
{
    private readonly Int128 _whole;
    private readonly double _real;

    private Number(Int128 whole, double real, bool isInteger)
    {
        _whole = whole;
        _real = real;
        IsInteger = isInteger;
    }

    /// <summary>Whether the number is an exact integer.</summary>
    public bool IsInteger { get; }

    /// <summary>The integer; 0 for a double.</summary>
    public Int128 Whole => _whole;

    /// <summary>The number as the nearest double.</summary>
    public double Real => IsInteger ? (double)_whole : _real;

    /// <summary>An exact integer.</summary>
    public static Number Of(Int128 whole) => new(whole, 0, isInteger: true);

    /// <summary>A double.</summary>
    public static Number Of(double real) => new(default, real, isInteger: false);

    /// <summary>The sum of two numbers of one kind: exact for integers, rounded for doubles.</summary>
    internal static Number Add(in Number left, in Number right) =>
        left.IsInteger ? Of(left._whole + right._whole) : Of(left._real + right._real);

    internal static Number Min(in Number left, in Number right) => IsBelow(right, left) ? right : left;

    internal static Number Max(in Number left, in Number right) => IsBelow(left, right) ? right : left;

    /// <summary>All digits, so that reading them back gives the same number; NaN, Infinity and -Infinity by these names.</summary>
    public override string ToString() => IsInteger
        ? _whole.ToString(CultureInfo.InvariantCulture)
        : _real.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsBelow(in Number left, in Number right) =>
        left.IsInteger ? left._whole < right._whole : left._real < right._real;
}
