using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3.Connection;

/// <summary>
/// Makes failures of the SDK and the network into sentences and kinds. Answers of the service are not attached and their texts
/// not shown: some repeat what was signed.
/// </summary>
internal static class S3Errors
{
    public static bool IsOfTheStore(Exception failure) => failure is
        AmazonServiceException or AmazonClientException or HttpErrorResponseException or HttpRequestException or IOException or SocketException
        or OperationCanceledException or TimeoutException or AuthenticationException or XmlException;

    public static ObjectStoreException Of(Exception failure, S3Location location, CallPurpose purpose) => failure switch
    {
        AmazonUnmarshallingException or XmlException =>
            Make(ObjectStoreErrorKind.Transient, location, purpose, "the service's answer was not complete; try again later", failure),
        AmazonServiceException answer when answer.StatusCode != 0 => OfAnswer(answer, location, purpose),
        _ when Find<AuthenticationException>(failure) is not null => Make(
            ObjectStoreErrorKind.Other, location, purpose, "the service's certificate is not trusted; name the authority that signed it, or check the address", failure),
        _ when IsOfTheNetwork(failure) => OfNetwork(failure, location, purpose),
        AmazonClientException when failure.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) => Make(
            ObjectStoreErrorKind.Unauthenticated,
            location,
            purpose,
            "no S3 keys were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or run where the machine has a role"),
        AmazonClientException when failure.Message.Contains("region", StringComparison.OrdinalIgnoreCase) => Make(
            ObjectStoreErrorKind.Other, location, purpose, "neither an S3 region nor an endpoint is known; set AWS_REGION or AWS_ENDPOINT_URL_S3"),
        _ => Make(ObjectStoreErrorKind.Other, location, purpose, "the S3 client refused the request; check the bucket's name, the region and the endpoint", failure),
    };

    public static ObjectStoreException Stalled(S3Location location, TimeSpan idle) => new(
        ObjectStoreErrorKind.Transient,
        string.Create(CultureInfo.InvariantCulture, $"'{location.Uri.Display}' could not be reached: the service sent and took nothing for {idle.TotalSeconds} s; try again later."),
        location.Uri.Scheme,
        location.Uri);

    public static ObjectStoreException Make(
        ObjectStoreErrorKind kind, S3Location location, CallPurpose purpose, string problem, Exception? cause = null) =>
        new(kind, Sentence(location, purpose, problem), location.Uri.Scheme, location.Uri, cause);

    /// <summary>The plain answer of the service to a request without a body, as HEAD is: it says less than others.</summary>
    public static bool SaysTooLittle(AmazonS3Exception answer) => answer.StatusCode is
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MovedPermanently;

    private static ObjectStoreException OfAnswer(AmazonServiceException answer, S3Location location, CallPurpose purpose)
    {
        var code = CodeOf(answer);
        if (IsThrottling(answer.StatusCode, code))
            return Throttled(answer, location, purpose, code);
        if (code is "NoSuchBucket")
            return Make(ObjectStoreErrorKind.NotFound, location, purpose, $"there is no bucket '{location.Bucket}'; check its name and the endpoint");
        if (code is "NoSuchKey" or "NoSuchUpload" or "NoSuchVersion")
            return ObjectStoreException.NotFound(location.Uri);
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed)
            return purpose == CallPurpose.Create ? ObjectStoreException.AlreadyExists(location.Uri) : ObjectStoreException.Changed(location.Uri);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return ObjectStoreException.Changed(location.Uri);
        var (kind, problem) = Explain(answer.StatusCode, code, answer.InnerException as HttpErrorResponseException);
        return kind == ObjectStoreErrorKind.NotFound
            ? ObjectStoreException.NotFound(location.Uri)
            : Make(kind, location, purpose, $"{problem} ({code}, {(int)answer.StatusCode}{RequestId(answer)})");
    }

    private static (ObjectStoreErrorKind Kind, string Problem) Explain(HttpStatusCode status, string code, HttpErrorResponseException? response) => code switch
    {
        "InvalidAccessKeyId" => (ObjectStoreErrorKind.Unauthenticated, "the service does not know the access key; check the keys"),
        "SignatureDoesNotMatch" => (ObjectStoreErrorKind.Unauthenticated, "the secret key does not belong to the access key; check the keys"),
        "ExpiredToken" or "TokenRefreshRequired" => (ObjectStoreErrorKind.Unauthenticated, "the session token has expired; get new keys"),
        "InvalidToken" => (ObjectStoreErrorKind.Unauthenticated, "the session token is not valid; get new keys"),
        "RequestTimeTooSkewed" => (ObjectStoreErrorKind.Unauthenticated, "this machine's clock differs too much from the service's; set it"),
        "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "IllegalLocationConstraintException" => (ObjectStoreErrorKind.Other, OtherRegion(response)),
        "InvalidBucketName" or "InvalidObjectName" or "KeyTooLongError" or "InvalidURI" => (ObjectStoreErrorKind.InvalidPath, "the service does not take such a name; choose another one"),
        "EntityTooSmall" => (ObjectStoreErrorKind.Other, "the service wants every part but the last at 5 MiB or more; write larger parts"),
        "EntityTooLarge" => (ObjectStoreErrorKind.Unsupported, "it is more than the service takes in one request; write it in parts"),
        "InvalidObjectState" => (ObjectStoreErrorKind.Unsupported, "the object is archived; restore it first"),
        "BadDigest" or "XAmzContentSHA256Mismatch" or "IncompleteBody" or "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict" or "InternalError" =>
            (ObjectStoreErrorKind.Transient, "the service could not carry it out; try again later"),
        _ => ExplainStatus(status, response),
    };

    private static (ObjectStoreErrorKind Kind, string Problem) ExplainStatus(HttpStatusCode status, HttpErrorResponseException? response) => status switch
    {
        HttpStatusCode.NotFound => (ObjectStoreErrorKind.NotFound, ""),
        HttpStatusCode.Unauthorized => (ObjectStoreErrorKind.Unauthenticated, "the service does not accept the keys; check them"),
        HttpStatusCode.Forbidden => (ObjectStoreErrorKind.PermissionDenied, "these keys do not allow it, or it does not exist and they may not know; ask the bucket's owner for the right"),
        >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest => (ObjectStoreErrorKind.Other, OtherRegion(response)),
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => (ObjectStoreErrorKind.Unsupported, "the service cannot do this"),
        HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError =>
            (ObjectStoreErrorKind.Transient, "the service could not carry it out; try again later"),
        _ => (ObjectStoreErrorKind.Other, "the service refused the request; check the endpoint and the region"),
    };

    private static string OtherRegion(HttpErrorResponseException? response)
    {
        var region = response?.Response?.GetHeaderValue("x-amz-bucket-region");
        return string.IsNullOrEmpty(region) || !region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? "the bucket is in another region or at another address; check AWS_REGION and the endpoint"
            : $"the bucket is in region {region}; set AWS_REGION to that";
    }

    private static bool IsThrottling(HttpStatusCode status, string code) =>
        status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
        || code is "SlowDown" or "ServiceUnavailable" or "TooManyRequests" or "TooManyRequestsException" or "RequestLimitExceeded" or "BandwidthLimitExceeded"
        || code.StartsWith("Throttl", StringComparison.Ordinal);

    private static ObjectStoreException Throttled(AmazonServiceException answer, S3Location location, CallPurpose purpose, string code) => new(
        ObjectStoreErrorKind.Transient,
        Sentence(location, purpose, $"the service asks for fewer requests; try again later ({code}, {(int)answer.StatusCode}{RequestId(answer)})"),
        location.Uri.Scheme,
        location.Uri)
    {
        IsThrottled = true,
        RetryAfter = RetryAfter(answer),
    };

    private static TimeSpan? RetryAfter(AmazonServiceException answer) =>
        answer.InnerException is HttpErrorResponseException { Response: { } response }
        && int.TryParse(response.GetHeaderValue("Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static ObjectStoreException OfNetwork(Exception failure, S3Location location, CallPurpose purpose) => Find<HttpRequestException>(failure)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError =>
            Make(ObjectStoreErrorKind.Transient, location, purpose, "the address of the service could not be looked up; check the endpoint and the network", failure),
        HttpRequestError.ConnectionError =>
            Make(ObjectStoreErrorKind.Transient, location, purpose, "the service does not take the connection; check the endpoint, and that the service runs", failure),
        _ => Make(ObjectStoreErrorKind.Transient, location, purpose, "the connection to the service was lost; try again later", failure),
    };

    private static bool IsOfTheNetwork(Exception failure) => Find<HttpRequestException>(failure) is not null || Find<IOException>(failure) is not null
        || Find<SocketException>(failure) is not null || failure is OperationCanceledException or TimeoutException;

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not (null or T))
            failure = failure.InnerException;
        return (T?)failure;
    }

    private static string Sentence(S3Location location, CallPurpose purpose, string problem)
    {
        var verb = purpose switch { CallPurpose.Read => "read", CallPurpose.List => "listed", _ => "written" };
        return $"'{location.Uri.Display}' cannot be {verb}: {problem}.";
    }

    private static string CodeOf(AmazonServiceException answer) => Plain(answer.ErrorCode) is { Length: > 0 } code ? code : "no code";

    private static string RequestId(AmazonServiceException answer) => Plain(answer.RequestId) is { Length: > 0 } id ? $", request {id}" : "";

    private static string Plain(string? text) => text is not null && text.Length <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : "";
}
