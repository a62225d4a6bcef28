using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Blaze.Storage.Adapters.S3.Tests.Service;

/// <summary>Answers each request with the bytes a test wants, so that answers no sound server gives can be tried.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<ScriptedRequest, string> _answer;
    private readonly Task _accepting;
    private int _requests;
    private int _connections;

    /// <summary>Starts it.</summary>
    /// <param name="answer">The whole answer, head and body. After <see cref="Stall"/> nothing follows and the connection stays open.</param>
    public ScriptedService(Func<ScriptedRequest, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>At the end of an answer: keep the connection open and silent.</summary>
    public const string Stall = "\u0001stall";

    public int Requests => Volatile.Read(ref _requests);

    public int Connections => Volatile.Read(ref _connections);

    public S3Options Options => new()
    {
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"),
        Region = "us-east-1",
        PathStyle = true,
        AccessKey = "someone",
        SecretKey = "very-secret",
    };

    /// <summary>An answer with a body.</summary>
    public static string Answer(string status, string body, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    /// <summary>An error as S3 spells it.</summary>
    public static string Error(string status, string code, params string[] headers) => Answer(
        status,
        $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>m</Message><StringToSign>signed-secret</StringToSign><RequestId>r-1</RequestId></Error>",
        ["Content-Type: application/xml", .. headers]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stopped.SetResult();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException || _stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        Interlocked.Increment(ref _connections);
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                while (await ReadRequestAsync(stream) is { } request)
                {
                    Interlocked.Increment(ref _requests);
                    var answer = _answer(request);
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Replace(Stall, "", StringComparison.Ordinal)), _stop.Token);
                    if (answer.EndsWith(Stall, StringComparison.Ordinal))
                        await _stopped.Task;
                    if (answer.Contains("Connection: close", StringComparison.Ordinal))
                        return;
                }
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException)
            {
                // The test is over, or its client has gone.
            }
        }
    }

    private async Task<ScriptedRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var words = lines[0].Split(' ');
        return new ScriptedRequest(words[0], words[1], headers);
    }
}

/// <summary>What a client asked.</summary>
internal sealed record ScriptedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers);
