namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>A span as it was received.</summary>
internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags, bool IsError);

/// <summary>One series of a metric as it was received last: the value, or the count of a histogram.</summary>
internal sealed record Series(string Name, string Unit, string Kind, IReadOnlyDictionary<string, string> Tags, double Value);

/// <summary>Reads requests of OTLP/HTTP in their binary form.</summary>
internal static class Otlp
{
    public static IEnumerable<Span> Spans(byte[] request) =>
        from resource in new ProtoMessage(request).Messages(1)
        let service = Tags(resource.Messages(1).First(), 1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new Span(
            service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Tags(span, 9), span.Messages(15).Any(status => status.Number(3) == 2));

    public static IEnumerable<Series> Metrics(byte[] request) =>
        from resource in new ProtoMessage(request).Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from series in SeriesOf(metric)
        select series;

    private static IEnumerable<Series> SeriesOf(ProtoMessage metric)
    {
        foreach (var sum in metric.Messages(7))
        {
            foreach (var point in sum.Messages(1))
                yield return Of(metric, sum.Number(3) == 1 ? "counter" : "gauge", point);
        }

        foreach (var point in metric.Messages(5).SelectMany(gauge => gauge.Messages(1)))
            yield return Of(metric, "gauge", point);
        foreach (var point in metric.Messages(9).SelectMany(histogram => histogram.Messages(1)))
            yield return new Series(metric.Text(1), metric.Text(3), "histogram", Tags(point, 9), point.Number(4));
    }

    private static Series Of(ProtoMessage metric, string kind, ProtoMessage point) =>
        new(metric.Text(1), metric.Text(3), kind, Tags(point, 7), point.Has(4) ? point.Double(4) : (long)point.Number(6));

    private static Dictionary<string, string> Tags(ProtoMessage message, int field) =>
        message.Messages(field).ToDictionary(tag => tag.Text(1), tag => ValueOf(tag.Messages(2).First()));

    private static string ValueOf(ProtoMessage value) => value.Has(1) ? value.Text(1) : value.Has(4) ? $"{value.Double(4)}" : $"{(long)value.Number(value.Has(3) ? 3 : 2)}";
}
