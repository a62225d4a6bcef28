using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>Turns the failures of the client library into ours.</summary>
internal static class CenterErrors
{
    private static readonly string[] PasswordErrors = ["NOAUTH", "WRONGPASS", "ERR invalid password", "NOPERM"];
    private static readonly string[] PassingErrors = ["LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "READONLY"];

    /// <summary>Our failure for one of the library; null for anything else, cancellation included.</summary>
    internal static CenterException? Translate(Exception exception, CenterAddress address) => exception switch
    {
        RedisServerException server => FromServer(server, address),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => WrongPassword(address, exception),
        TimeoutException => new CenterException(
            CenterErrorKind.Unavailable, $"The center at {address} does not answer; check that it runs and is not overloaded.", exception),
        RedisException or ObjectDisposedException => Unreachable(address, exception),
        _ => null,
    };

    internal static CenterException Unreachable(CenterAddress address, Exception? cause) => new(
        CenterErrorKind.Unavailable, $"The center at {address} cannot be reached; check that it runs and that the address is right.", cause);

    internal static CenterException WrongPassword(CenterAddress address, Exception? cause) => new(
        CenterErrorKind.Unauthenticated,
        address.Password is null
            ? $"The center at {address} wants a password; give it as redis://:password@host:port/namespace."
            : $"The center at {address} refused the password; check it.",
        cause);

    private static CenterException FromServer(RedisServerException exception, CenterAddress address)
    {
        if (PasswordErrors.Any(error => exception.Message.StartsWith(error, StringComparison.Ordinal)))
            return WrongPassword(address, exception);
        var kind = PassingErrors.Any(error => exception.Message.StartsWith(error, StringComparison.Ordinal))
            ? CenterErrorKind.Unavailable : CenterErrorKind.Server;
        return new CenterException(kind, $"The center at {address} answered with an error: {exception.Message}", exception);
    }
}
