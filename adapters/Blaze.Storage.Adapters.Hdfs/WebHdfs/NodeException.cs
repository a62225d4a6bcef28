using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Blaze.Storage.Core.Timing;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>A node could not be talked to. The message goes on after the node's name.</summary>
internal sealed class NodeException(string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Whether the request cannot have had an effect.</summary>
    public bool NeverSent { get; private init; }

    /// <summary>Whether asking again is of no use.</summary>
    public bool IsLasting { get; private init; }

    /// <summary>What a failure of a request or of a transfer means; the caller's own cancellation is thrown as it is.</summary>
    public static NodeException Of(Exception failure, IdleTimer timer)
    {
        timer.Caller.ThrowIfCancellationRequested();
        return failure switch
        {
            NodeException known => known,
            OperationCanceledException when timer.HasExpired => new NodeException($"did not answer for {timer.Limit.TotalSeconds:0.###} s", failure),
            OperationCanceledException => new NodeException("did not accept a connection in time", failure) { NeverSent = true },
            _ when Cause<AuthenticationException>(failure) is not null =>
                new NodeException("has a certificate that is not trusted here, or speaks no TLS", failure) { NeverSent = true, IsLasting = true },
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new NodeException("cannot be found by its name", failure) { NeverSent = true },
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Unreached(failure),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                new NodeException("does not speak HTTP", failure) { IsLasting = true },
            _ => new NodeException("ended the connection", failure),
        };
    }

    private static NodeException Unreached(Exception failure) => Cause<SocketException>(failure)?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => new NodeException("cannot be found by its name", failure) { NeverSent = true },
        SocketError.AddressNotAvailable => new NodeException("cannot be reached from the local address that was set", failure) { NeverSent = true, IsLasting = true },
        SocketError.AccessDenied => new NodeException("has a link-local address, where no node is asked", failure) { NeverSent = true, IsLasting = true },
        SocketError.ConnectionRefused => new NodeException("refuses connections", failure) { NeverSent = true },
        _ => new NodeException("cannot be reached", failure) { NeverSent = true },
    };

    private static T? Cause<T>(Exception failure)
        where T : Exception
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }

        return null;
    }
}
