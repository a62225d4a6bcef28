using System.Globalization;

namespace Blaze.Storage.Cli.Output;

/// <summary>Numbers as people read them. Every text is short, in ASCII and the same in every culture.</summary>
internal static class Units
{
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] Decimal = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Bytes with three significant digits: <c>512 B</c>, <c>1.50 GiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        var (value, power) = Scale(bytes, 1024, Binary.Length);
        return power == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value:0} B") : $"{Digits(value)} {Binary[power]}";
    }

    /// <summary>A count with three significant digits: <c>512</c>, <c>1.50M</c>.</summary>
    public static string Count(double count)
    {
        var (value, power) = Scale(count, 1000, Decimal.Length);
        return power == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value:0}") : $"{Digits(value)}{Decimal[power]}";
    }

    /// <summary>A share 0 … 1 as per cent: <c>45.2 %</c>; never <c>100.0 %</c> for less than everything.</summary>
    public static string Percent(double share)
    {
        if (!double.IsFinite(share))
            return "- %";
        var percent = share * 100;
        if (share < 1)
            percent = Math.Min(percent, 99.9);
        return string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %");
    }

    /// <summary>A time span: <c>340 ms</c>, <c>12.3 s</c>, <c>2 min 05 s</c>, <c>3 h 07 min</c>, <c>4 d 03 h</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var culture = CultureInfo.InvariantCulture;
        if (time < TimeSpan.FromMilliseconds(999.5))
            return string.Create(culture, $"{Math.Max(0, time.TotalMilliseconds):0} ms");
        if (time < TimeSpan.FromSeconds(59.95))
            return string.Create(culture, $"{time.TotalSeconds:0.0} s");
        var whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        if (whole.TotalHours < 1)
            return string.Create(culture, $"{whole.Minutes} min {whole.Seconds:00} s");
        return whole.TotalDays < 1
            ? string.Create(culture, $"{whole.Hours} h {whole.Minutes:00} min")
            : string.Create(culture, $"{(int)whole.TotalDays} d {whole.Hours:00} h");
    }

    /// <summary>A number with about six significant digits.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        _ when double.IsNaN(value) => "unknown",
        _ => value.ToString("G6", CultureInfo.InvariantCulture),
    };

    private static (double Value, int Power) Scale(double value, double step, int powers)
    {
        if (!double.IsFinite(value))
            return (0, 0);
        var power = 0;
        // 999.5 would be written as 1000.
        while (Math.Abs(value) >= (power == 0 ? step : Math.Min(step, 999.5)) && power < powers - 1)
        {
            value /= step;
            power++;
        }

        return (value, power);
    }

    private static string Digits(double value) =>
        value.ToString(Math.Abs(value) switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
