using System.Text.Json;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Api.Jobs;

/// <summary>Reads a request as the question it asks.</summary>
internal static class JobQuestion
{
    /// <summary>The question; sources are canonical.</summary>
    /// <exception cref="ProblemException">A field is not possible.</exception>
    public static JobSpec Of(JobRequest request, int maxSources)
    {
        if (request.Sources.Count == 0)
            throw Invalid("sources", "The job has no source: name at least one file, directory or pattern.");
        if (request.Sources.Count > maxSources)
            throw Invalid("sources", $"{request.Sources.Count} sources are more than the {maxSources} a job may have here.");
        if (request.Priority is < -100 or > 100)
            throw Invalid("priority", $"A priority of {request.Priority} is not possible: use -100 to 100.");
        if (request.Range is { } range && (range.Start < 0 || range.End < 0 || range.Start > range.End))
            throw Invalid("range", $"The range {range.Start}:{range.End} is none: offsets count from the beginning, the smaller one first.");
        var sources = new string[request.Sources.Count];
        for (var at = 0; at < sources.Length; at++)
            sources[at] = SourceOf(request.Sources[at], $"sources[{at}]");
        return new JobSpec(request.Op, ParametersOf(request), sources, request.Range?.Start, request.Range?.End);
    }

    private static string SourceOf(string? text, string field)
    {
        if (text is null || !text.Contains("://", StringComparison.Ordinal))
            throw Invalid(field, "A source is a whole URI here, as s3://bucket/key or file:///data/file.");
        try
        {
            return SourcePattern.Parse(text, "/").ToString();
        }
        catch (BlazeException problem)
        {
            throw Invalid(field, problem.Message);
        }
    }

    private static Dictionary<string, string> ParametersOf(JobRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Params ?? new Dictionary<string, JsonElement>())
        {
            parameters[name] = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => throw Invalid($"params.{name}", $"The parameter {name} is a number, a text or a boolean."),
            };
        }

        return parameters;
    }

    private static ProblemException Invalid(string field, string detail) => new(ProblemKind.InvalidField, detail, field);
}
