using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Description;

/// <summary>A parameter that an operation reads from its address or its headers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHeader">Whether it is a header.</param>
/// <param name="Text">What it does.</param>
/// <param name="Example">A value it may have.</param>
internal sealed record DescribedParameter(string Name, bool IsHeader, string Text, string Example);

/// <summary>What the document shows of an operation.</summary>
/// <param name="Request">A body it takes, as JSON; null for none.</param>
/// <param name="Response">A body it answers with, as JSON; null for none.</param>
internal sealed record DescribedExample(string? Request, string? Response);

/// <summary>The problems an operation may answer with.</summary>
/// <param name="Kinds">The problems.</param>
internal sealed record DescribedProblems(params IReadOnlyList<ProblemKind> Kinds);

/// <summary>Describes operations where they are mapped.</summary>
internal static class Described
{
    /// <summary>Says what an operation does.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder builder, string name, string summary, string text) =>
        builder.WithName(name).WithSummary(summary).WithDescription(text);

    /// <summary>Names a parameter of the address that an operation knows; all others are refused.</summary>
    public static RouteHandlerBuilder TakesParameter(this RouteHandlerBuilder builder, string name, string text, string example) =>
        builder.WithMetadata(new DescribedParameter(name, false, text, example));

    /// <summary>Names a header that an operation heeds.</summary>
    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder builder, string name, string text, string example) =>
        builder.WithMetadata(new DescribedParameter(name, true, text, example));

    /// <summary>Shows bodies.</summary>
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder builder, string? request, string? response) =>
        builder.WithMetadata(new DescribedExample(request, response));

    /// <summary>Names the problems an operation may answer with.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder builder, params IReadOnlyList<ProblemKind> kinds)
    {
        foreach (var status in kinds.Append(ProblemKind.Unavailable).Append(ProblemKind.UnknownParameter).Select(kind => kind.Status).Distinct())
            builder.Produces<Problem>(status, Problem.ContentType);
        return builder.WithMetadata(new DescribedProblems(kinds));
    }
}
