using System.Globalization;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Output;

/// <summary>Estimated numbers as people read them.</summary>
internal static class Numbers
{
    // From fewer chunks the standard error is itself little more than a guess, and often far too small.
    private const long FewestChunks = 10;

    /// <summary>
    /// <c>7.998</c> where everything is covered, <c>7.998 ± 0.001</c> with its standard error, <c>≈ 7.998</c> where that is unknown or comes
    /// from too few chunks to be shown.
    /// </summary>
    public static string Text(EstimatedNumber number, Estimate estimate, bool unicode)
    {
        if (estimate.Coverage >= 1 || !double.IsFinite(number.Value))
            return Units.Number(number.Value);
        if (estimate.SampledChunks < FewestChunks || !double.IsFinite(number.StandardError))
            return $"{(unicode ? "≈" : "~")} {Units.Number(number.Value)}";
        return $"{Units.Number(number.Value)} {(unicode ? "±" : "+-")} {number.StandardError.ToString("G2", CultureInfo.InvariantCulture)}";
    }
}
