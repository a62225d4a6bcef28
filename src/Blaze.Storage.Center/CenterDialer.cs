using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>Makes and ends the client library's connections to a center.</summary>
internal static class CenterDialer
{
    private const int ReconnectMilliseconds = 500;

    /// <exception cref="CenterException">The center does not let us in; the kind says why.</exception>
    internal static async Task<ConnectionMultiplexer> OpenAsync(CenterAddress address, CenterOptions options, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationOf(address, options);
        await ServerGreeting.CheckAsync(address, options.AnswerTimeout, options.Time, cancellationToken);
        var opening = ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It cannot be called off: what comes of it later would stay open for good.
            _ = CloseLateAsync(opening);
            throw;
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, address) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Closes a connection; calls under way on it fail.</summary>
    internal static async Task CloseAsync(ConnectionMultiplexer multiplexer)
    {
        // Without this, disposing waits in vain for an answer as long as for any other.
        await multiplexer.CloseAsync(allowCommandsToComplete: false);
        multiplexer.Dispose();
    }

    private static async Task CloseLateAsync(Task<ConnectionMultiplexer> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
            await CloseAsync(await opening);
    }

    private static ConfigurationOptions ConfigurationOf(CenterAddress address, CenterOptions options)
    {
        var configuration = new ConfigurationOptions
        {
            EndPoints = { { address.Host, address.Port } },
            Password = address.Password,
            Ssl = address.UseTls,
            SslHost = address.UseTls ? address.Host : null,
            ClientName = "blaze",
            AbortOnConnectFail = true,
            ConnectTimeout = (int)options.AnswerTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.AnswerTimeout.TotalMilliseconds,
            AsyncTimeout = (int)options.AnswerTimeout.TotalMilliseconds,
            // What all centers speak alike: Garnet's scripts read other replies on a connection of the third version.
            Protocol = RedisProtocol.Resp2,
            ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds),
            // No key of the library's own, and no channel: one server is the center.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        if (address.UseTls)
        {
            // A file of authorities that cannot be used is told of before anything is tried.
            _ = CenterTls.Options(address);
            // Anew for each connection, which adds to the policy what its server sends along.
            configuration.SslClientAuthenticationOptions = _ => CenterTls.Options(address);
        }

        return configuration;
    }
}
