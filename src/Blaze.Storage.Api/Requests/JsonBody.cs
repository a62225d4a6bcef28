using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Blaze.Storage.Api.Requests;

/// <summary>Reads bodies strictly.</summary>
internal static class JsonBody
{
    /// <summary>The JSON object that a request carries.</summary>
    /// <exception cref="ProblemException">It carries something else, or fields nobody knows.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, long maxBytes)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new ProblemException(ProblemKind.WrongContentType, "The body is to be application/json.", "Content-Type");
        if (context.Request.ContentLength > maxBytes)
            throw new ProblemException(ProblemKind.BodyTooLarge, $"The body may have {maxBytes} bytes.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new ProblemException(ProblemKind.InvalidBody, "The body is null.");
        }
        catch (JsonException problem)
        {
            throw Problem(problem);
        }
    }

    private static ProblemException Problem(JsonException problem)
    {
        var field = problem.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        // The only way to tell: the exception has no code of its own for it.
        var isUnknown = problem.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal);
        if (isUnknown)
            return new ProblemException(ProblemKind.UnknownField, $"There is no field '{field}' here.", field);
        return field is not null
            ? new ProblemException(ProblemKind.InvalidBody, $"The field '{field}' cannot be read: it has another type, is there twice, or is no JSON.", field)
            : new ProblemException(ProblemKind.InvalidBody, $"The body cannot be read as the object this operation takes (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}): it is no JSON, or a field that must be there is missing.");
    }
}
