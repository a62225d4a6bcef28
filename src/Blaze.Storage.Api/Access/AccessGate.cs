using System.Net;
using Blaze.Storage.Core.ObjectStores.Sources;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>What a server knows about who may use it; read and checked before it listens.</summary>
internal sealed partial class AccessGate
{
    /// <summary>Reads keys and certificate.</summary>
    /// <exception cref="ApiException">They cannot be used, or the address would open the server to others without keys.</exception>
    public AccessGate(ApiOptions options, ILoggerFactory logging)
    {
        var logger = logging.CreateLogger<AccessGate>();
        var access = options.Access;
        IsLoopback = IsLoopbackHost(options.Listen.DnsSafeHost);
        if (!IsLoopback && !IPAddress.TryParse(options.Listen.DnsSafeHost, out _))
            throw new ApiException($"{options.Listen} cannot be listened at: name an address of this machine, 0.0.0.0 or [::] for all of them.");
        if (access.Keys is null && !IsLoopback)
            throw new ApiException($"{options.Listen} can be reached from other machines, and there are no API keys; make one with `blaze key new` and name its file with --keys, or listen on 127.0.0.1.");
        if (options.Listen.Scheme is not ("http" or "https") || (options.Listen.Scheme == "https") != (access.Certificate is not null))
            throw new ApiException($"{options.Listen} cannot be listened at: https:// goes with a certificate, and http:// without.");
        Folders = [.. access.FolderLocations.Select(folder => UriPrefix.Parse(folder.ToString()))];
        Local = Caller.Local(Folders);
        Refusals = new Refusals(options.TimeProvider, logger);
        if (access.Keys is { } path)
            Keys = new KeyRing(path, options.TimeProvider, logger);
        if (access.Certificate is { } certificate)
            Certificate = new ServerCertificate(certificate, access.CertificateKey, options.TimeProvider, logger);
        else if (!IsLoopback)
            LogInTheOpen(logger, options.Listen);
    }

    /// <summary>The keys; null where whoever can connect may do everything.</summary>
    public KeyRing? Keys { get; }

    /// <summary>The certificate; null for no TLS.</summary>
    public ServerCertificate? Certificate { get; }

    /// <summary>The folders that jobs may read.</summary>
    public IReadOnlyList<UriPrefix> Folders { get; }

    /// <summary>Who uses a server without keys.</summary>
    public Caller Local { get; }

    /// <summary>Whether it listens on this machine only.</summary>
    public bool IsLoopback { get; }

    /// <summary>Keeps account of who was not let in.</summary>
    public Refusals Refusals { get; }

    /// <summary>Whether a host, as an address names it, is this machine whatever a name server says.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [LoggerMessage(EventId = 4113, Level = LogLevel.Warning, Message = "{Address} can be reached from other machines without TLS: API keys travel in the open unless something before it encrypts")]
    private static partial void LogInTheOpen(ILogger logger, Uri address);
}
