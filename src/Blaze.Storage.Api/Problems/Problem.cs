
namespace Blaze.Storage.Api.Problems;

/// <summary>The body of a response that says why not (RFC 9457).</summary>
internal sealed record Problem
{
    /// <summary>The content type of such a body.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Which kind of problem it is; never changes its meaning.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The status of the response.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time.</summary>
    public required string Detail { get; init; }

    /// <summary>The field, parameter or header at fault; absent where there is none.</summary>
    public string? Field { get; init; }

    /// <summary>What to do.</summary>
    public required string Action { get; init; }

    public static Problem Of(ProblemKind kind, string? detail = null, string? field = null) => new()
    {
        Type = kind.Type,
        Title = kind.Title,
        Status = kind.Status,
        Detail = detail ?? kind.Title,
        Field = field,
        Action = kind.Action,
    };
}
