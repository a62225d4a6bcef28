using System.Security.Cryptography;
using System.Text.Json;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Blaze.Storage.Api.Keys;

/// <summary>Values under names, values of calls, and blocks of the center's cache.</summary>
internal sealed class KeyEndpoints(BlazeClient client, ApiOptions options)
{
    private const string Path = "/keys/{key}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (Delegate)GetAsync).RequireScope(ScopeExtensions.Read)
            .Describe("getKey", "Get a value", "A value that was put under a name, of a call that is done, or of a block in the center's cache. `Range` gets a part.")
            .Produces<string>(StatusCodes.Status200OK, "application/octet-stream", "application/json", "application/x-npy").Produces<string>(StatusCodes.Status206PartialContent, "application/octet-stream")
            .TakesHeader("Range", "A range of bytes.", "bytes=0-3")
            .Fails(ProblemKind.NoSuchKey, ProblemKind.RangeNotSatisfiable, AccessProblems.LimitedKey);
        routes.MapMethods(Path, [HttpMethods.Head], (Delegate)GetAsync).RequireScope(ScopeExtensions.Read)
            .Describe("headKey", "Look whether there is a value", "The headers of getKey.")
            .Produces(StatusCodes.Status200OK).Fails(ProblemKind.NoSuchKey, AccessProblems.LimitedKey);
        routes.MapPut(Path, (Delegate)PutAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("putKey", "Put a value under a name", "Instead of the one it has, which must not be of an API key of another name. Kept until it is deleted, or nobody uses such values for a day.")
            .Accepts<string>("application/octet-stream", "*/*")
            .Produces(StatusCodes.Status201Created).Produces(StatusCodes.Status204NoContent)
            .Fails(ProblemKind.InvalidParameter, ProblemKind.InvalidBody, ProblemKind.BodyTooLarge, ProblemKind.ClusterFailed, AccessProblems.LimitedKey, AccessProblems.ValueOfAnother);
        routes.MapDelete(Path, (Delegate)DeleteAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("deleteKey", "Delete a value", "Unless it is of an API key of another name. What was computed from it stays.")
            .Produces(StatusCodes.Status204NoContent).Fails(ProblemKind.NoSuchKey, AccessProblems.LimitedKey, AccessProblems.ValueOfAnother);
    }

    private async Task<IResult> GetAsync(HttpContext context, string key)
    {
        Shared.Check(context);
        var value = await client.Shared.GetAsync(key, context.RequestAborted) ?? throw NoSuchKey(key);
        var bytes = value.Contiguous();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 16))}\"");
        return Results.Bytes(bytes, ValueFormat.MediaTypeOf(value.Format), entityTag: tag, enableRangeProcessing: true);
    }

    private async Task<IResult> PutAsync(HttpContext context, string key)
    {
        Shared.Check(context);
        if (!SharedTable.IsName(key))
            throw new ProblemException(ProblemKind.InvalidParameter, "A value is put under 1 to 128 letters, digits, '-', '_' and '.'.", "key");
        await CheckOwnerAsync(context, key);
        if (context.Request.ContentLength > options.MaxValueBytes)
            throw new ProblemException(ProblemKind.BodyTooLarge, $"A value may have {options.MaxValueBytes} bytes.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaxValueBytes;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var value = new Value(ValueFormat.OfMediaType(context.Request.ContentType), body.ToArray());
        if (value.Format == ValueFormat.Json)
            CheckJson(value);
        var isNew = await client.Shared.PutAsync(key, value, Caller.Of(context).Owner, context.RequestAborted);
        return isNew ? Results.Created($"/v1/keys/{key}", null) : Results.NoContent();
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string key)
    {
        Shared.Check(context);
        await CheckOwnerAsync(context, key);
        return await client.Shared.DeleteAsync(key, context.RequestAborted) ? Results.NoContent() : throw NoSuchKey(key);
    }

    // Everybody's names are one list, so that one may compute from what another put; to change it is for whoever did.
    private async Task CheckOwnerAsync(HttpContext context, string key)
    {
        if (Caller.Of(context).SeesOnly is { } name && await client.Shared.OwnerAsync(key, context.RequestAborted) is { } owner && owner != name)
            throw new ProblemException(AccessProblems.ValueOfAnother, $"The value under '{key}' was put by a key of another name.", "key");
    }

    private static void CheckJson(Value value)
    {
        try
        {
            using var json = JsonDocument.Parse(value.Contiguous());
        }
        catch (JsonException)
        {
            throw new ProblemException(ProblemKind.InvalidBody, "The body is said to be JSON, and is none.");
        }
    }

    private static ProblemException NoSuchKey(string key) => new(ProblemKind.NoSuchKey, $"There is no value under '{key}'.", "key");
}
