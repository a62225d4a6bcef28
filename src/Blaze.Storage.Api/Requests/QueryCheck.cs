using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Requests;

/// <summary>Refuses parameters nobody knows, so that a misspelled one is not taken for its default.</summary>
internal static class QueryCheck
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.QueryString.HasValue)
            Check(context.HttpContext);
        return next(context);
    }

    private static void Check(HttpContext context)
    {
        var known = context.GetEndpoint()?.Metadata.OfType<DescribedParameter>().Where(parameter => !parameter.IsHeader).Select(parameter => parameter.Name).ToList() ?? [];
        foreach (var (name, values) in context.Request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw new ProblemException(ProblemKind.UnknownParameter, $"There is no parameter '{name}' here.", name);
            if (values.Count != 1)
                throw new ProblemException(ProblemKind.InvalidParameter, $"The parameter '{name}' is given {values.Count} times.", name);
        }
    }
}
