namespace Blaze.Storage.SampleFunctions;

/// <summary>Functions in an assembly small enough to be loaded thousands of times.</summary>
public static class SampleCode
{
    public static Func<int, int> Square { get; } = value => value * value;

    /// <summary>A lambda that captures.</summary>
    public static Func<int, int> AddTo(int amount) => value => value + amount;

    /// <summary>A function whose argument and result are the assembly's own type.</summary>
    public static Func<Point, Point> Mirror { get; } = point => new Point(point.Y, point.X);

    /// <summary>A function that fails with the assembly's own exception.</summary>
    public static Func<string, int> Failing { get; } = why =>
    {
        try
        {
            throw new FormatException("inner");
        }
        catch (FormatException cause)
        {
            throw new SampleException(why, cause);
        }
    };
}

/// <summary>A type that only the assembly itself has.</summary>
public sealed record Point(double X, double Y);

/// <summary>An exception that only the assembly itself has.</summary>
public sealed class SampleException(string message, Exception cause) : Exception(message, cause);
