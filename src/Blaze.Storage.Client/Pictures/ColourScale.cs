namespace Blaze.Storage.Client.Pictures;

/// <summary>
/// Colours for a value 0 … 1 whose lightness rises evenly with it, so that they read in the right order also in grey and for
/// colour-blind eyes: nine points of the "inferno" scale of matplotlib with straight lines between them.
/// </summary>
public static class ColourScale
{
    private static readonly Rgb[] Points =
    [
        new(0, 0, 4), new(31, 12, 72), new(85, 15, 109), new(136, 34, 106), new(186, 54, 85), new(227, 89, 51), new(249, 140, 10),
        new(249, 201, 50), new(252, 255, 164),
    ];

    /// <summary>The colour of a value; values outside 0 … 1 and NaN take the nearest end.</summary>
    public static Rgb At(double value)
    {
        var position = Clamp(value) * (Points.Length - 1);
        var index = Math.Min((int)position, Points.Length - 2);
        return Points[index].Towards(Points[index + 1], position - index);
    }

    private static double Clamp(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
}
