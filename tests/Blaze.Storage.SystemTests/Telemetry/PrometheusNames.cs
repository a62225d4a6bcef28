namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>The names that a Prometheus gives to metrics it receives by OTLP.</summary>
internal static class PrometheusNames
{
    private static readonly Dictionary<string, string> Units = new() { ["By"] = "bytes", ["s"] = "seconds" };

    /// <summary>The names of a metric's series.</summary>
    public static IEnumerable<string> Of(Series metric)
    {
        var name = metric.Name.Replace('.', '_');
        // A unit in braces is a word for people.
        if (Units.TryGetValue(metric.Unit, out var unit) && !name.EndsWith("_" + unit, StringComparison.Ordinal))
            name += "_" + unit;
        return metric.Kind switch
        {
            "counter" => [name + "_total"],
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
    }
}
