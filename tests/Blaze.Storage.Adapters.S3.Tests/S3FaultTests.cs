using System.Globalization;
using Blaze.Storage.Adapters.S3.Tests.Service;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3.Tests;

/// <summary>Answers that a sound server never gives, or seldom.</summary>
public sealed class S3FaultTests
{
    private const string ETag = "\"0123456789abcdef0123456789abcdef\"";
    private const string Planned = "0123456789abcdef0123456789abcdef:10";
    private static readonly ResourceUri Uri = ResourceUri.Parse("s3://bucket/a");

    public static TheoryData<string, ObjectStoreErrorKind> WrongParts => new()
    {
        { Part("0123456789", "bytes 0-9/10", "200 OK"), ObjectStoreErrorKind.Unsupported },
        { Part("0123456789", "bytes 1-10/10"), ObjectStoreErrorKind.Transient },
        { Part("0123456789", "bytes 0-9/11"), ObjectStoreErrorKind.Transient },
        { Part("0123456789", "bytes 0-9/*"), ObjectStoreErrorKind.Transient },
        { Part("0123456789", "nonsense"), ObjectStoreErrorKind.Transient },
        { Part("012345678", "bytes 0-9/10"), ObjectStoreErrorKind.Transient },
        { Part("0123456789+", "bytes 0-9/10"), ObjectStoreErrorKind.Transient },
        { Part("0123456789", "bytes 0-9/10", eTag: "\"ffffffffffffffffffffffffffffffff\""), ObjectStoreErrorKind.PreconditionFailed },
        { Part("0123456789", "bytes 0-9/10", eTag: ""), ObjectStoreErrorKind.PreconditionFailed },
        { "HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\nConnection: close\r\nContent-Range: bytes 0-9/10\r\nETag: " + ETag + "\r\n\r\n01234", ObjectStoreErrorKind.Transient },
        { "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nContent-Range: bytes 0-9/10\r\nETag: " + ETag + "\r\n\r\n01234", ObjectStoreErrorKind.Transient },
        { "HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\nContent-Range: bytes 0-9/10\r\nETag: " + ETag + "\r\n\r\n01234" + ScriptedService.Stall, ObjectStoreErrorKind.Transient },
        { "HTTP/1.1 206 Partial Content\r\nContent-Len" + ScriptedService.Stall, ObjectStoreErrorKind.Transient },
        { ScriptedService.Stall, ObjectStoreErrorKind.Transient },
        { "nonsense\r\n\r\nConnection: close", ObjectStoreErrorKind.Transient },
        { "Connection: close", ObjectStoreErrorKind.Transient },
    };

    public static TheoryData<string, string, ObjectStoreErrorKind> Errors => new()
    {
        { "500 Internal Server Error", "InternalError", ObjectStoreErrorKind.Transient },
        { "502 Bad Gateway", "", ObjectStoreErrorKind.Transient },
        { "504 Gateway Timeout", "", ObjectStoreErrorKind.Transient },
        { "409 Conflict", "OperationAborted", ObjectStoreErrorKind.Transient },
        { "400 Bad Request", "RequestTimeout", ObjectStoreErrorKind.Transient },
        { "400 Bad Request", "ExpiredToken", ObjectStoreErrorKind.Unauthenticated },
        { "400 Bad Request", "InvalidToken", ObjectStoreErrorKind.Unauthenticated },
        { "403 Forbidden", "RequestTimeTooSkewed", ObjectStoreErrorKind.Unauthenticated },
        { "401 Unauthorized", "Unauthorized", ObjectStoreErrorKind.Unauthenticated },
        { "403 Forbidden", "AccessDenied", ObjectStoreErrorKind.PermissionDenied },
        { "403 Forbidden", "InvalidObjectState", ObjectStoreErrorKind.Unsupported },
        { "400 Bad Request", "AuthorizationHeaderMalformed", ObjectStoreErrorKind.Other },
        { "400 Bad Request", "KeyTooLongError", ObjectStoreErrorKind.InvalidPath },
        { "405 Method Not Allowed", "MethodNotAllowed", ObjectStoreErrorKind.Unsupported },
        { "501 Not Implemented", "NotImplemented", ObjectStoreErrorKind.Unsupported },
        { "418 Teapot", "Teapot", ObjectStoreErrorKind.Other },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfASoundAnswer_GivesTheBytes()
    {
        await using var service = new ScriptedService(_ => Part("0123456789", "bytes 0-9/10"));
        using var store = new S3Store(service.Options);
        Assert.Equal("0123456789"u8.ToArray(), await store.GetAsync(Uri, Planned, Token));
        Assert.Equal(1, service.Requests);
    }

    [Theory]
    [MemberData(nameof(WrongParts))]
    public async Task Read_OfAWrongAnswer_IsAnErrorAndAskedOnce(string answer, ObjectStoreErrorKind kind)
    {
        await using var service = new ScriptedService(_ => answer);
        using var store = new S3Store(service.Options with { IdleTimeout = TimeSpan.FromSeconds(1) });
        using var reader = await store.OpenAsync(Uri, Planned, Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => reader.ReadAsync(0, new byte[10], Token).AsTask());
        Assert.True(kind == failure.Kind, failure.ToString());
        Assert.Equal(1, service.Requests);
        Assert.Equal(0, reader.RemoteBytes);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task AnyCall_OfAnErrorAnswer_HasItsKindAndShowsNoSecret(string status, string code, ObjectStoreErrorKind kind)
    {
        await using var service = new ScriptedService(request => request.Method == "HEAD" ? Head(status) : ScriptedService.Error(status, code));
        using var store = new S3Store(service.Options);
        foreach (var call in (Func<Task>[])[() => store.StatAsync(Uri, Token), () => store.GetAsync(Uri, Planned, Token), () => store.PutAsync(Uri, new byte[10], Token)])
        {
            var failure = await Assert.ThrowsAsync<ObjectStoreException>(call);
            Assert.True(kind == failure.Kind, failure.ToString());
            Assert.False(failure.IsThrottled);
            Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", failure.ToString().Replace("the secret key", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("500 Internal Server Error", "InternalError")]
    [InlineData("403 Forbidden", "RequestTimeTooSkewed")]
    [InlineData("400 Bad Request", "ExpiredToken")]
    [InlineData("307 Temporary Redirect", "TemporaryRedirect")]
    public async Task AnyCall_ThatFails_IsAskedOnce(string status, string code)
    {
        await using var service = new ScriptedService(request => ScriptedService.Error(status, code, $"Location: http://{request.Headers["Host"]}/bucket/b"));
        using var store = new S3Store(service.Options);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync(Uri, new byte[100_000], Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.GetAsync(Uri, Planned, Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.ListAsync(Uri, Token).CountAsync(Token).AsTask());
        Assert.Equal(3, service.Requests);
    }

    [Theory]
    [InlineData("503 Slow Down", "SlowDown")]
    [InlineData("503 Service Unavailable", "ServiceUnavailable")]
    [InlineData("429 Too Many Requests", "TooManyRequests")]
    [InlineData("400 Bad Request", "ThrottlingException")]
    public async Task AnyCall_ToABusyService_IsThrottledForAsLongAsItSaysAndAskedOnce(string status, string code)
    {
        await using var service = new ScriptedService(_ => ScriptedService.Error(status, code, "Retry-After: 7"));
        using var store = new S3Store(service.Options);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync(Uri, new byte[10], Token));
        Assert.Equal((ObjectStoreErrorKind.Transient, true, TimeSpan.FromSeconds(7)), (failure.Kind, failure.IsThrottled, failure.RetryAfter));
        Assert.Equal(1, service.Requests);
    }

    [Theory]
    [InlineData("301 Moved Permanently", "PermanentRedirect")]
    [InlineData("307 Temporary Redirect", "TemporaryRedirect")]
    public async Task AnyCall_ToABucketElsewhere_SaysWhere(string status, string code)
    {
        await using var service = new ScriptedService(_ => ScriptedService.Error(status, code, "x-amz-bucket-region: eu-west-9"));
        using var store = new S3Store(service.Options);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync(Uri, new byte[10], Token));
        Assert.Equal(ObjectStoreErrorKind.Other, failure.Kind);
        Assert.Contains("eu-west-9", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_StoppedByItsCaller_IsCancelledAndNoError()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var service = new ScriptedService(_ =>
        {
            stop.Cancel();
            return ScriptedService.Stall;
        });
        using var store = new S3Store(service.Options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.StatAsync(Uri, stop.Token));
    }

    [Fact]
    public async Task List_OfAnAnswerCutShort_IsTransient()
    {
        const string Cut = "<?xml version=\"1.0\"?><ListBucketResult><Contents><Key>a</Key>";
        await using var service = new ScriptedService(_ => ScriptedService.Answer("200 OK", Cut, "Content-Type: application/xml"));
        using var store = new S3Store(service.Options);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ListAsync(Uri, Token).CountAsync(Token).AsTask());
        Assert.Equal(ObjectStoreErrorKind.Transient, failure.Kind);
    }

    [Fact]
    public async Task List_ThatNeverGoesOn_IsAnErrorAndNoLoop()
    {
        const string Page = "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>same</NextContinuationToken></ListBucketResult>";
        await using var service = new ScriptedService(_ => ScriptedService.Answer("200 OK", Page, "Content-Type: application/xml"));
        using var store = new S3Store(service.Options);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ListAsync(Uri, Token).CountAsync(Token).AsTask());
        Assert.Equal(ObjectStoreErrorKind.Other, failure.Kind);
        Assert.Equal(2, service.Requests);
    }

    [Fact]
    public async Task List_WithNamesInEitherEncoding_GivesThem()
    {
        const string Plain = "<ListBucketResult><Contents><Key>a/b%41+c d</Key><ETag>\"e\"</ETag><Size>3</Size></Contents></ListBucketResult>";
        const string Encoded = "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>a%2Fb%2541%2Bc+d</Key><ETag>\"e\"</ETag><Size>3</Size></Contents></ListBucketResult>";
        foreach (var page in (string[])[Plain, Encoded])
        {
            await using var service = new ScriptedService(_ => ScriptedService.Answer("200 OK", page, "Content-Type: application/xml"));
            using var store = new S3Store(service.Options);
            Assert.Equal([new ResourceInfo(S3Location.UriOf("bucket", "a/b%41+c d"), 3, "e:3")], await store.ListAsync(Uri, Token).ToListAsync(Token));
        }
    }

    [Fact]
    public async Task Update_OnAServerThatTakesQuotedETags_NeedsOneRequest()
    {
        await using var service = new ScriptedService(request => request.Headers.GetValueOrDefault("If-Match") == ETag
            ? ScriptedService.Answer("200 OK", "", "ETag: \"ffffffffffffffffffffffffffffffff\"")
            : ScriptedService.Error("412 Precondition Failed", "PreconditionFailed"));
        using var store = new S3Store(service.Options);
        var info = await store.PutAsync(Uri, new byte[10], PutMode.Update(Planned), Token);
        Assert.Equal("ffffffffffffffffffffffffffffffff:10", info.Version);
        Assert.Equal(1, service.Requests);
    }

    [Fact]
    public async Task Update_OnAServerThatTakesBareETags_RemembersThat()
    {
        var asked = new List<string>();
        await using var service = new ScriptedService(request =>
        {
            asked.Add($"{request.Method} {request.Headers.GetValueOrDefault("If-Match")}");
            if (request.Method == "HEAD")
                return Head("200 OK", "ETag: " + ETag);
            return request.Headers.GetValueOrDefault("If-Match") == ETag.Trim('"')
                ? ScriptedService.Answer("200 OK", "", "ETag: " + ETag)
                : ScriptedService.Error("412 Precondition Failed", "PreconditionFailed");
        });
        using var store = new S3Store(service.Options);
        await store.PutAsync(Uri, new byte[10], PutMode.Update(Planned), Token);
        await store.PutAsync(Uri, new byte[10], PutMode.Update(Planned), Token);
        Assert.Equal([$"PUT {ETag}", "HEAD ", $"PUT {ETag.Trim('"')}", $"PUT {ETag.Trim('"')}"], asked);
    }

    [Fact]
    public async Task Read_WhereNamingTheVersionIsForbidden_GoesOnWithTheETag()
    {
        await using var service = new ScriptedService(request =>
        {
            if (request.Path.Contains("versionId", StringComparison.Ordinal))
                return ScriptedService.Error("403 Forbidden", "AccessDenied");
            var from = request.Headers["Range"].Split('=', '-')[1];
            return Part("01234", $"bytes {from}-{int.Parse(from, CultureInfo.InvariantCulture) + 4}/10", more: "x-amz-version-id: v1");
        });
        using var store = new S3Store(service.Options);
        using var reader = await store.OpenAsync(Uri, Planned, Token);
        Assert.Equal(5, await reader.ReadAsync(0, new byte[5], Token));
        Assert.Equal(5, await reader.ReadAsync(5, new byte[5], Token));
        Assert.Equal(5, await reader.ReadAsync(0, new byte[5], Token));
        Assert.Equal(4, service.Requests);
    }

    [Fact]
    public async Task AnyCall_ByMany_KeepsToTheLimitOfRequests()
    {
        await using var service = new ScriptedService(_ => Part("0123456789", "bytes 0-9/10"));
        using var store = new S3Store(service.Options with { RequestLimit = 2 });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => store.GetAsync(Uri, Planned, Token), Token)));
        Assert.InRange(service.Connections, 1, 2);
        Assert.Equal(50, service.Requests);
    }

    private static string Part(string body, string range, string status = "206 Partial Content", string eTag = ETag, string more = "X: y") =>
        ScriptedService.Answer(status, body, "Content-Range: " + range, eTag.Length > 0 ? "ETag: " + eTag : "X: z", more);

    // HEAD has no body, whatever its length says.
    private static string Head(string status, string more = "X: y") => $"HTTP/1.1 {status}\r\nContent-Length: 10\r\n{more}\r\n\r\n";
}
