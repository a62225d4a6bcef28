using System.Net;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>A node answered, and refused.</summary>
internal sealed class RemoteException : Exception
{
    private const int LongestMessage = 300;

    private RemoteException(HttpStatusCode status, string name, string message)
        : base(message)
    {
        Status = status;
        Name = name;
    }

    public HttpStatusCode Status { get; }

    /// <summary>The class of the Java exception, without its package; empty where the node sent none.</summary>
    public string Name { get; }

    /// <summary>How long the node asks to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether another name node may be the one to ask.</summary>
    public bool IsElsewhere => Name is "StandbyException" or "RetriableException" or "ObserverRetryOnActiveException"
        || (Name is "InvalidToken" or "SecurityException" && Message.Contains("StandbyException", StringComparison.Ordinal));

    /// <summary>Whether the node may not know the operation at all.</summary>
    public bool MayNotKnowOperation => Status is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented;

    /// <summary>Reads the body of a refusal, and takes out of it what must not be shown.</summary>
    public static async Task<RemoteException> ReadAsync(NodeAnswer answer, string? secret)
    {
        var body = (await answer.ReadJsonAsync(AnswerContext.Default.RemoteExceptionAnswer).ConfigureAwait(false))?.RemoteException;
        return new RemoteException(answer.Status, body?.Exception ?? "", Shown(body?.Message ?? "", secret)) { RetryAfter = answer.RetryAfter };
    }

    // Java puts a stack trace after the first line.
    private static string Shown(string message, string? secret)
    {
        var line = message.Split('\n', 2)[0].Trim();
        line = secret is null ? line : line.Replace(secret, "…", StringComparison.Ordinal);
        line = line.Length > LongestMessage ? string.Concat(line.AsSpan(0, LongestMessage), "…") : line;
        return string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('.');
    }
}
