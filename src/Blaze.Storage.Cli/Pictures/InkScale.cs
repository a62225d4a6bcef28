namespace Blaze.Storage.Cli.Pictures;

/// <summary>Characters for a value 0 … 1, where there are no colours.</summary>
internal static class InkScale
{
    /// <summary>A character whose ink grows with the value; blank only for exactly 0. NaN counts as 0.</summary>
    public static char At(double value, bool unicode)
    {
        var ramp = unicode ? " ░▒▓█" : " .:-=+*#%@";
        var share = double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
        return share == 0 ? ' ' : ramp[1 + Math.Min((int)(share * (ramp.Length - 1)), ramp.Length - 2)];
    }
}
