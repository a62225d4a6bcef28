using System.Globalization;
using System.Text;

namespace Blaze.Storage.Api.Tests.Access.Fuzzing;

/// <summary>Makes requests that are wrong somewhere, mostly in one place, so that what lies behind the first check is reached as well.</summary>
/// <param name="random">Where they come from: equal seeds make equal requests.</param>
/// <param name="key">A key that is good for everything.</param>
/// <param name="job">A job that there is.</param>
internal sealed class Malformed(Random random, string key, string job)
{
    private static readonly string[] Addresses =
    [
        "/v1/jobs", "/v1/jobs/{id}", "/v1/jobs/{id}/events", "/v1/jobs/{id}/result", "/v1/tasks", "/v1/keys/{id}", "/v1/keys", "/v1/workers", "/v1/cluster",
        "/healthz", "/readyz", "/openapi.json", "/", "/v1", "/v2/jobs", "/V1/JOBS",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G", "BREW"];

    private static readonly string[] Ids =
    [
        "none", "%00", "%2e%2e", "..", "%2F%2f", "a%0d%0aX: y", "%ff%fe", "%E2%80%AE", "%", "%zz", "+", "*", "{id}", "HIST_00000000000000000000000000000000.0_65536",
        "HIST_zz.5_1", "PLAN-1", "a.b.c", "@session", "-1", "9223372036854775808", "a%20b", "''%3BDROP", "%F0%9F%92%A9",
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["", "*", "x", "image/png;q=nan", "application/x-npy;q=-1", "text/html", ",,,", "application/json;v=\"", "a/b/c"]),
        ("Range", ["bytes=5-2", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=99999999999999999999-", "bytes=-0", "=", "bytes"]),
        ("Content-Type", ["", "x", "text/plain", "application/json; charset=utf-32", "application/json; charset=\"", "multipart/form-data", "application/xml", "a/b; c"]),
        ("Content-Encoding", ["gzip", "br", "x"]),
        ("Last-Event-ID", ["-1", "x", "9999999999999999999999", "1:2:3:4", "", "\u00e9", "0x10"]),
        ("Idempotency-Key", ["", "a b", "\u00e9\u00e9", "{}", "\"", "a,b"]),
        ("Prefer", ["wait=x", "wait=-1", "wait=", "wait=99999999999999999999", "wait=0.0000001", "wait", "=;,"]),
        ("If-Match", ["x", "\"", "W/", "*,*"]),
        ("If-Range", ["x", "\"a", "Thu, 99 Foo"]),
        ("Expect", ["200-ok", "100-continue"]),
        ("Origin", ["null", "https://evil.example", "x", "http://127.0.0.1"]),
        ("Sec-Fetch-Site", ["cross-site", "x"]),
        ("X-Forwarded-For", ["::::", "1.2.3.4"]),
        ("Traceparent", ["00-0-0-0", "x", "ff-00000000000000000000000000000000-0000000000000000-ff"]),
        ("Cookie", ["a=b; ;;;=", "\u00ff"]),
        ("Upgrade", ["websocket", "h2c", "x"]),
        ("Host", ["evil.example", "[::1", "a:b:c", "", "a b", "127.0.0.1:99999999"]),
    ];

    private static readonly string[] Texts =
    [
        "", " ", "a", "\\u0000", "\\ud800", "\\ud800\\udc00", "../../etc/passwd", "file://host/x", "file:///%", "file:///a%00b", "s3://", "s3://b/%zz", "s3://u:p@b/k", "s3://b:80/k",
        "hdfs://169.254.169.254/latest", "http://169.254.169.254/", "gopher://x/y", "file:///[", "s3://b/[a-", "s3://b/**/**/**/**/*?*?*?*", "s3://b/a/../b", "://", "x://y", "\\n\\r", "%2e%2e/",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-0.0", "9223372036854775807", "9223372036854775808", "1e-400", "\"\"", "\"x\"", "[]", "{}", "[[]]", "{\"a\":{}}", "[null]", "\"\\ud800\"", "01", "NaN", "0x1", "'a'", "1.5",
    ];

    /// <summary>The key that a request shows; mostly one that opens, since the others get no further.</summary>
    public string? Authorization() => random.Next(10) switch
    {
        0 => null,
        1 => Pick("Bearer", "Bearer ", "Basic eDp5", $"Bearer {key}x", $"bearer  {key} x", new string('k', random.Next(1, 9000)), $"Bearer {key},{key}", "Bearer \u00e9"),
        _ => $"Bearer {key}",
    };

    public string Method() => random.Next(3) == 0 ? Pick(Methods) : Pick("GET", "POST", "PUT", "DELETE");

    /// <summary>An address with a query, as it is sent.</summary>
    public string Address()
    {
        var address = Pick(Addresses).Replace("{id}", random.Next(3) == 0 ? job : Pick(Ids), StringComparison.Ordinal);
        address = random.Next(8) switch
        {
            0 => address + Pick("/", "//", "/..", "/%2e%2e/", ";a=b", "%00", "/" + Pick(Ids), new string('a', random.Next(1, 5000)), "\u00e9"),
            1 => "/" + address,
            _ => address,
        };
        return random.Next(3) == 0 ? $"{address}?{Query()}" : address;
    }

    /// <summary>Some headers.</summary>
    public IEnumerable<(string Name, string Value)> SomeHeaders()
    {
        for (var count = random.Next(4); count > 0; count--)
        {
            var (name, values) = Headers[random.Next(Headers.Length)];
            yield return (name, random.Next(20) == 0 ? new string('v', random.Next(1, 9000)) : Pick(values));
        }
    }

    /// <summary>A body for a question, or something like it.</summary>
    public byte[] Body()
    {
        var text = random.Next(12) switch
        {
            0 => new string('[', random.Next(1, 20_000)),
            1 => "{\"op\":" + new string('{', random.Next(1, 300)),
            2 => Pick("", "null", "1", "\"x\"", "[]", "{", "}", "{}", "{\"\":1}", "\ufeff{}", "//", "/**/{}"),
            3 => $"{{\"op\":\"HIST\",\"sources\":[{string.Join(',', Enumerable.Repeat("\"s3://b/k\"", random.Next(9_990, 12_000)))}]}}",
            4 => $"{{\"op\":\"{new string('x', random.Next(1, 100_000))}\",\"sources\":[\"s3://b/k\"]}}",
            5 or 6 => Graph(),
            _ => Question(),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(4) switch
        {
            0 => bytes[..random.Next(bytes.Length + 1)],
            1 => Garbled(bytes),
            _ => bytes,
        };
    }

    /// <summary>A whole request for a socket, wrong as HTTP or cut off; then what can be no part of any, so that the server need not wait for more.</summary>
    public byte[] Raw(string host)
    {
        var body = Body();
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{Method()}{Pick(" ", "  ", "\t", "")}{Address()} {Pick("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/9.9", "HTTP", "http/1.1", "")}{Pick("\r\n", "\r\n", "\r\n", "\n", "\r", "")}");
        head.Append(CultureInfo.InvariantCulture, $"{Pick("Host: ", "Host: ", "Host: ", "Host:", "Host : ", "host: x\r\nHost: ", "")}{host}\r\n");
        if (Authorization() is { } authorization)
            head.Append(CultureInfo.InvariantCulture, $"Authorization: {authorization}\r\n");
        head.Append(Pick(
            "Content-Type: application/json\r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", $"Content-Length: {body.Length}\r\nContent-Length: 3\r\n", "Transfer-Encoding: chunked\r\n",
            $"Transfer-Encoding: chunked\r\nContent-Length: {body.Length}\r\n", "Transfer-Encoding: x\r\n", "Transfer-Encoding: gzip, chunked\r\n", ": x\r\n", "no-colon\r\n", " folded\r\n", "X: \u0001\r\n", $"X: {new string('x', 40_000)}\r\n",
            string.Concat(Enumerable.Range(0, 200).Select(number => $"X{number}: 1\r\n")), $"Content-Type: application/json\r\nContent-Length: {body.Length + random.Next(-5, 6)}\r\n"));
        foreach (var (name, value) in SomeHeaders())
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("Connection: close\r\n").Append(Pick("\r\n", "\r\n", "\r\n", "\n", ""));
        byte[] request = [.. Encoding.Latin1.GetBytes(head.ToString()), .. random.Next(3) == 0 ? Encoding.Latin1.GetBytes(Pick("5\r\nabc", "zz\r\n\r\n", "-1\r\n", "ffffffffffffffff\r\n", "0\r\nX: \r\n\r\n", "3\r\nabcd\r\n")) : body];
        var cut = random.Next(5) == 0 ? random.Next(request.Length + 1) : request.Length;
        return [.. request.AsSpan(0, cut), .. "\r\n\r\n"u8, .. Enumerable.Repeat((byte)'!', request.Length - cut + 16), .. "\r\n\r\n"u8];
    }

    private string Question()
    {
        var fields = new List<string> { "\"op\":\"HIST\"", "\"sources\":[\"s3://b/k\"]" };
        fields[random.Next(2)] = random.Next(2) == 0 ? $"\"op\":{Pick(Values)}" : $"\"sources\":[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(4) == 0 ? Pick(Values) : $"\"{Pick(Texts)}\""))}]";
        for (var count = random.Next(4); count > 0; count--)
            fields.Add(Pick($"\"range\":{Pick(Values)}", $"\"range\":{{\"start\":{Pick(Values)},\"end\":{Pick(Values)}}}", $"\"params\":{Pick(Values)}", $"\"params\":{{\"{Pick(Texts)}\":{Pick(Values)}}}", $"\"priority\":{Pick(Values)}", $"\"each\":{Pick(Values)}", $"\"{Pick(Texts)}\":{Pick(Values)}", "\"op\":\"ENT\""));
        return "{" + string.Join(',', fields) + "}";
    }

    private string Graph() => $"{{\"tasks\":[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => GraphTask()))}],\"priority\":{Pick("0", Pick(Values))}}}";

    private string GraphTask()
    {
        var fields = new List<string> { "\"key\":\"a\"", "\"op\":\"add\"", "\"args\":[1,2]", "\"dependencies\":[]" };
        fields[random.Next(4)] = Pick($"\"{Pick(Texts)}\":{Pick(Values)}", $"\"key\":{Pick(Values)}", $"\"op\":\"{Pick(Texts)}\"", $"\"args\":{Pick(Values)}", $"\"dependencies\":[{Pick(Values)}]", "\"dependencies\":[\"a\",\"none\"]");
        return "{" + string.Join(',', fields) + "}";
    }

    private string Query() => string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Pick("state", "cursor", "limit", "prefix", "x", "", "%00", "State")}{Pick("=", "", "==")}{Pick("", "-1", "1e9", "99999999999999999999", "done", "%ff", "AAAA", "a%00b", new string('c', random.Next(1, 3000)))}"));

    private byte[] Garbled(byte[] bytes)
    {
        var result = bytes.ToArray();
        for (var count = random.Next(1, 5); count > 0 && result.Length > 0; count--)
            result[random.Next(result.Length)] = (byte)random.Next(256);
        return result;
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
