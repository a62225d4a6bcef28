using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Requests;

/// <summary>The parameters that an endpoint's address may have; others are refused.</summary>
internal sealed record KnownParameters(params IReadOnlyList<string> Names);

/// <summary>Refuses parameters nobody knows, so that a misspelled one is not taken for its default.</summary>
internal static class QueryCheck
{
    public static TBuilder WithParameters<TBuilder>(this TBuilder builder, params IReadOnlyList<string> names)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new KnownParameters(names));

    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var known = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>()?.Names ?? [];
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw new ProblemException(ProblemKind.UnknownParameter, $"There is no parameter '{name}' here.", name);
            if (values.Count != 1)
                throw new ProblemException(ProblemKind.InvalidParameter, $"The parameter '{name}' is given {values.Count} times.", name);
        }

        return next(context);
    }
}
