using System.Globalization;
using System.Text;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>A request as it came to a <see cref="TcpProxy"/>.</summary>
/// <param name="Number">Counts the requests of all connections, from 0.</param>
/// <param name="Line">Its first line, for example <c>GET /bucket/key HTTP/1.1</c>.</param>
public sealed record ProxyRequest(int Number, string Line);

/// <summary>What happens to one request and its answer on the way.</summary>
public sealed record ProxyFault
{
    private ProxyFault()
    {
    }

    /// <summary>Nothing; both are passed on.</summary>
    public static ProxyFault None { get; } = new();

    internal byte[]? Instead { get; private init; }

    internal long? RequestBytes { get; private init; }

    internal long? AnswerBytes { get; private init; }

    internal Cut How { get; private init; }

    internal TimeSpan Pause { get; private init; }

    internal Func<string, string>? NewHead { get; private init; }

    /// <summary>The proxy answers itself; the server never hears of the request. The connection is closed afterwards.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; XML where it begins with <c>&lt;</c>.</param>
    /// <param name="headers">More headers, each as <c>Name: value</c>.</param>
    public static ProxyFault Answer(int status, string body = "", params string[] headers)
    {
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} On purpose\r\nConnection: close\r\n"));
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(body.StartsWith('<') ? "application/xml" : "text/plain")}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        return new ProxyFault { Instead = Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString()) };
    }

    /// <summary>An error as S3 gives it.</summary>
    public static ProxyFault S3Error(int status, string code, params string[] headers) => Answer(
        status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>On purpose</Message><RequestId>1</RequestId></Error>", headers);

    /// <summary>Both connections are reset once so many bytes of the request have been passed on.</summary>
    public static ProxyFault ResetRequest(long after) => new() { RequestBytes = after, How = Cut.Reset };

    /// <summary>Both connections are reset once so many bytes of the answer, its head included, have been passed on.</summary>
    public static ProxyFault Reset(long after) => new() { AnswerBytes = after, How = Cut.Reset };

    /// <summary>The connection is closed, in order, after so many bytes of the answer.</summary>
    public static ProxyFault Truncate(long after) => new() { AnswerBytes = after, How = Cut.Close };

    /// <summary>Nothing more comes after so many bytes of the answer; the connection stays open.</summary>
    public static ProxyFault Stall(long after) => new() { AnswerBytes = after, How = Cut.Stall };

    /// <summary>The request is passed on after a pause.</summary>
    public static ProxyFault Delay(TimeSpan pause) => new() { Pause = pause };

    /// <summary>The head of the answer, all its lines with their ends, becomes another one.</summary>
    public static ProxyFault Rewrite(Func<string, string> head) => new() { NewHead = head };

    internal enum Cut
    {
        Reset,
        Close,
        Stall,
    }
}
