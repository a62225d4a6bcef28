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
        RedisServerException server => FromServer(server.Message, address, server),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => WrongPassword(address, exception),
        TimeoutException => Silent(address, exception),
        RedisException or ObjectDisposedException => Unreachable(address, exception),
        _ => null,
    };

    internal static CenterException Unreachable(CenterAddress address, Exception? cause) => new(
        CenterErrorKind.Unavailable, $"The center at {address} cannot be reached; check that it runs and that the address is right.", cause);

    internal static CenterException Silent(CenterAddress address, Exception? cause) => new(
        CenterErrorKind.Unavailable, $"The center at {address} does not answer; check that it runs{(address.UseTls ? ", speaks TLS" : "")} and is not overloaded.", cause);

    internal static CenterException Untrusted(CenterAddress address, Exception cause) => new(
        CenterErrorKind.Unauthenticated,
        $"The center at {address} has a certificate that is not trusted here, or speaks no TLS; name its authority with ?ca=FILE at the address's end, or check the name in the address.",
        cause);

    internal static CenterException Stranger(CenterAddress address) => new(
        CenterErrorKind.Unsupported, $"What listens at {address} does not speak Redis's protocol, so it is no center; check the address.");

    internal static CenterException WrongPassword(CenterAddress address, Exception? cause) => new(
        CenterErrorKind.Unauthenticated,
        address.Password is null
            ? $"The center at {address} wants a password; give it as redis://:password@host:port/namespace."
            : $"The center at {address} refused the password; check it.",
        cause);

    /// <summary>Our failure for an error that the server answered with.</summary>
    internal static CenterException FromServer(string error, CenterAddress address, Exception? cause)
    {
        if (PasswordErrors.Any(word => error.StartsWith(word, StringComparison.Ordinal)))
            return WrongPassword(address, cause);
        var kind = PassingErrors.Any(word => error.StartsWith(word, StringComparison.Ordinal)) ? CenterErrorKind.Unavailable : CenterErrorKind.Server;
        return new CenterException(kind, $"The center at {address} answered with an error: {error.TrimEnd('.')}.", cause);
    }
}
