using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.TestKit.Servers;

/// <summary>AWS Signature Version 4 for requests without a body and without a query, all that making a bucket needs.</summary>
internal static class S3Signature
{
    private const string Region = "us-east-1";

    public static void Sign(HttpRequestMessage request, string accessKey, string secretKey)
    {
        var now = TimeProvider.System.GetUtcNow();
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{Region}/s3/aws4_request";
        var body = Hex(SHA256.HashData([]));
        var address = request.RequestUri!;
        const string Signed = "host;x-amz-content-sha256;x-amz-date";
        var canonical = $"{request.Method}\n{address.AbsolutePath}\n\nhost:{address.Authority}\nx-amz-content-sha256:{body}\nx-amz-date:{time}\n\n{Signed}\n{body}";
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        request.Headers.Add("x-amz-date", time);
        request.Headers.Add("x-amz-content-sha256", body);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKey}/{scope}, SignedHeaders={Signed}, Signature={Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
