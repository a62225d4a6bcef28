using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Blaze.Storage.Core.Telemetry;

/// <summary>
/// What these libraries tell about themselves, through .NET's own diagnostics: whoever wants to hear it adds <see cref="Name"/> as a source
/// of traces and as a meter. While nobody listens it costs a comparison at each place.
/// </summary>
public static class BlazeTelemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Blaze.Storage";

    /// <summary>Traces: <c>submit</c>, <c>task …</c>, <c>open</c>, <c>read</c>.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>Metrics; docs/operations.md lists them.</summary>
    public static Meter Metrics { get; } = new(Name);
}
