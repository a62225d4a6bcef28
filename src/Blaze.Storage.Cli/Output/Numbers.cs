using System.Globalization;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Output;

/// <summary>Estimated numbers as people read them.</summary>
internal static class Numbers
{
    /// <summary>
    /// <c>7.998</c> where the number is exact, <c>7.998 ± 0.001</c> with its standard error, <c>≈ 7.998</c> where that is unknown.
    /// </summary>
    public static string Text(EstimatedNumber number, bool unicode)
    {
        if (number.StandardError == 0 || !double.IsFinite(number.Value))
            return Units.Number(number.Value);
        var error = number.StandardError.ToString("G2", CultureInfo.InvariantCulture);
        return double.IsFinite(number.StandardError)
            ? $"{Units.Number(number.Value)} {(unicode ? "±" : "+-")} {error}"
            : $"{(unicode ? "≈" : "~")} {Units.Number(number.Value)}";
    }
}
