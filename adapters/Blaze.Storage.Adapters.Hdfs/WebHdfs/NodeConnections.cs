using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Timing;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>
/// Connections to nodes. Those to name nodes may prove who asks; those to data nodes never do: the addresses that name nodes
/// send to carry what a data node needs.
/// </summary>
internal sealed class NodeConnections : IDisposable
{
    private static readonly IPAddress CloudMetadata = IPAddress.Parse("fd00:ec2::254");

    private readonly HdfsOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly HttpMessageInvoker _named;
    private readonly HttpMessageInvoker _plain;

    public NodeConnections(HdfsOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _named = new HttpMessageInvoker(Handler(options.Kerberos));
        _plain = new HttpMessageInvoker(Handler(kerberos: false));
    }

    /// <summary>Sends a request and gives the head of its answer.</summary>
    /// <param name="address">Where to, with the query.</param>
    /// <param name="method">How.</param>
    /// <param name="upload">The body, or null.</param>
    /// <param name="isNameNode">Whether the node may learn who asks.</param>
    /// <param name="cancellationToken">Ends the call and the reading of its answer.</param>
    /// <exception cref="NodeException">The node could not be talked to.</exception>
    public async Task<NodeAnswer> SendAsync(Uri address, HttpMethod method, Upload? upload, bool isNameNode, CancellationToken cancellationToken)
    {
        var timer = new IdleTimer(_options.IdleTimeout, _timeProvider, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(method, address) { Content = upload?.ToHttp(timer) };
            // Clusters that guard against forged requests want a header by this name, whatever its value.
            request.Headers.TryAddWithoutValidation("X-XSRF-HEADER", "blaze");
            var response = await (isNameNode ? _named : _plain).SendAsync(request, timer.Token).ConfigureAwait(false);
            timer.Restart();
            return new NodeAnswer(response, address, timer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            using (timer)
                throw NodeException.Of(failure, timer);
        }
        catch
        {
            timer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _named.Dispose();
        _plain.Dispose();
    }

    private SocketsHttpHandler Handler(bool kerberos)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = kerberos, // so that not every request is a negotiation
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a name that moved to another address is noticed
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        if (kerberos)
            handler.Credentials = CredentialCache.DefaultCredentials;
        if (_options.CaBundle is { } bundle)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(bundle) };
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken);
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var local = _options.LocalAddress is { } text ? IPAddress.Parse(text) : null;
        var addresses = await AddressesAsync(target, local, cancellationToken).ConfigureAwait(false);
        var socket = local is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            if (local is not null)
                socket.Bind(new IPEndPoint(local, 0));
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Looked at where it is connected to, so that a name that leads elsewhere by now changes nothing.
    private static async ValueTask<IPAddress[]> AddressesAsync(DnsEndPoint target, IPAddress? local, CancellationToken cancellationToken)
    {
        IPAddress[] found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        if (found.Any(IsMetadata))
            throw new SocketException((int)SocketError.AccessDenied);
        var usable = found.Where(address => local is null || address.AddressFamily == local.AddressFamily).ToArray();
        return usable.Length > 0 ? usable : throw new SocketException((int)SocketError.AddressNotAvailable);
    }

    // No node of a cluster lies there, but the credentials of a cloud's machine do: nobody who can make a node send elsewhere gets them.
    private static bool IsMetadata(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.IsIPv6LinkLocal || plain.Equals(CloudMetadata) || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }

    private static X509ChainPolicy Trusting(string bundle)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(bundle);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new BlazeException($"The file with certificates for HDFS, '{bundle}', cannot be read as PEM; give one with BEGIN CERTIFICATE blocks.", failure);
        }

        return policy.CustomTrustStore.Count > 0 ? policy
            : throw new BlazeException($"The file with certificates for HDFS, '{bundle}', holds none; give a PEM file with BEGIN CERTIFICATE blocks.");
    }
}
