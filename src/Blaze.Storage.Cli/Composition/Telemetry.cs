using System.Globalization;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Blaze.Storage.Cli.Composition;

/// <summary>
/// Traces and metrics by OTLP, as OpenTelemetry's own environment variables say: on where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver,
/// else not there at all.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    private const string ServiceName = "blaze";

    // The receiver of everything, and those of one kind alone.
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    // Requests to the REST server, calls of HTTP clients, and what the runtime says of memory and threads.
    private static readonly string[] OtherTraces = ["Microsoft.AspNetCore"];
    private static readonly string[] OtherMetrics = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private Telemetry(ResourceBuilder resource)
    {
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource([BlazeTelemetry.Name, .. OtherTraces]).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([BlazeTelemetry.Name, .. OtherMetrics]).AddOtlpExporter().Build();
    }

    /// <summary>Whether this process has somebody to tell.</summary>
    public static bool IsOn => Endpoints.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    /// <summary>Starts to tell; null where there is nobody. Disposing it sends what is left, for some seconds at most.</summary>
    /// <exception cref="UsageException">A receiver's address is none.</exception>
    public static Telemetry? Start()
    {
        if (!IsOn)
            return null;
        foreach (var name in Endpoints)
            Check(name);
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
        var instance = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");
        return new Telemetry(ResourceBuilder.CreateEmpty().AddService(ServiceName, serviceInstanceId: instance).AddTelemetrySdk().AddEnvironmentVariableDetector());
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Check(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text)
            return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"{name} must be the address of an OTLP receiver, such as http://collector.example:4318.");
    }
}
