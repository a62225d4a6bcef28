using System.Text.Json;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Blaze.Storage.Worker.Peers;

/// <summary>Answers that are JSON: problems as RFC 9457 has them, and lists.</summary>
internal static class Answers
{
    /// <summary>Says why a request fails.</summary>
    public static Task Problem(HttpContext context, int status, string detail) =>
        Write(context, status, "application/problem+json", json =>
        {
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
        });

    /// <summary>A page of values: <c>{"values":[{"key":…,"format":…,"bytes":…,"in_memory":…},…],"next":…}</c>.</summary>
    public static Task List(HttpContext context, ValuePage page) =>
        Write(context, StatusCodes.Status200OK, "application/json", json =>
        {
            json.WriteStartArray("values");
            foreach (var value in page.Values)
            {
                json.WriteStartObject();
                json.WriteString("key", value.Key);
                json.WriteString("format", value.Format);
                json.WriteNumber("bytes", value.Bytes);
                json.WriteBoolean("in_memory", value.IsInMemory);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next", page.Next);
        });

    private static async Task Write(HttpContext context, int status, string mediaType, Action<Utf8JsonWriter> write)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = text.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(text.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
