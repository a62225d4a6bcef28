namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>A request as a node got it, for tests that decide about it.</summary>
/// <param name="Node">The node's name: <c>name0</c>, <c>data1</c>, ….</param>
/// <param name="Operation">The operation, upper case.</param>
/// <param name="Path">The path, decoded.</param>
/// <param name="Query">The query as it was sent.</param>
public sealed record WebHdfsRequest(string Node, string Operation, string Path, string Query);

/// <summary>What goes wrong with a request instead of, or besides, its answer.</summary>
public sealed record WebHdfsFault
{
    private WebHdfsFault()
    {
    }

    internal HadoopException? Exception { get; private init; }

    internal int? StatusCode { get; private init; }

    internal bool IsReset { get; private init; }

    internal bool Stalls { get; private init; }

    internal long? BodyBytes { get; private init; }

    internal bool LosesAnswer { get; private init; }

    /// <summary>The request is refused with a RemoteException.</summary>
    public static WebHdfsFault Throw(HadoopException exception) => new() { Exception = exception };

    /// <summary>The request is answered with a bare status.</summary>
    public static WebHdfsFault Status(int status) => new() { StatusCode = status };

    /// <summary>The connection is reset before the request has an effect.</summary>
    public static WebHdfsFault Reset { get; } = new() { IsReset = true };

    /// <summary>The request never has an answer.</summary>
    public static WebHdfsFault Stall { get; } = new() { Stalls = true };

    /// <summary>The request has its effect, and the connection is reset before the answer.</summary>
    public static WebHdfsFault LoseAnswer { get; } = new() { LosesAnswer = true };

    /// <summary>The body of an OPEN ends, properly, after so many bytes.</summary>
    public static WebHdfsFault Shorten(long bytes) => new() { BodyBytes = bytes };

    /// <summary>The connection is reset after so many bytes of the body of an OPEN.</summary>
    public static WebHdfsFault ResetAfter(long bytes) => new() { BodyBytes = bytes, IsReset = true };

    /// <summary>The body of an OPEN stands still after so many bytes.</summary>
    public static WebHdfsFault StallAfter(long bytes) => new() { BodyBytes = bytes, Stalls = true };
}
