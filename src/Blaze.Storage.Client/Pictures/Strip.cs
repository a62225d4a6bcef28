namespace Blaze.Storage.Client.Pictures;

/// <summary>
/// Values along a stretch of bytes, gathered in columns: each column is the mean of what lies in it, weighted by length, and knows
/// how much of it was seen. Several sources lie one after the other.
/// </summary>
public sealed class Strip
{
    private readonly double[] _sums;
    private readonly double[] _seen;

    /// <summary>Starts an empty strip.</summary>
    /// <param name="length">The bytes of all columns together.</param>
    /// <param name="columns">The number of columns, at least 1.</param>
    public Strip(long length, int columns)
    {
        Length = length;
        _sums = new double[columns];
        _seen = new double[columns];
    }

    /// <summary>The bytes of all columns together.</summary>
    public long Length { get; }

    /// <summary>The number of columns.</summary>
    public int Columns => _sums.Length;

    /// <summary>Adds a stretch with one value; what lies outside the strip and values that are no number are left out.</summary>
    public void Add(long start, long length, double value)
    {
        if (Length <= 0 || length <= 0 || !double.IsFinite(value))
            return;
        var perColumn = (double)Length / Columns;
        var from = Math.Max(0, start / perColumn);
        var to = Math.Min(Columns, (start + (double)length) / perColumn);
        for (var column = (int)from; column < to; column++)
        {
            var overlap = Math.Min(to, column + 1) - Math.Max(from, column);
            _sums[column] += overlap * value;
            _seen[column] += overlap;
        }
    }

    /// <summary>The mean in a column, or NaN where nothing of it was seen.</summary>
    public double this[int column] => _seen[column] > 0 ? _sums[column] / _seen[column] : double.NaN;
}
