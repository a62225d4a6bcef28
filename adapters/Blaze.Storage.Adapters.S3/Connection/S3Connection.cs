using System.Security.Cryptography.X509Certificates;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3.Connection;

/// <summary>One client of the SDK, made with the first call, without its retries, timeouts, checksums and copies of streams.</summary>
internal sealed class S3Connection : IDisposable
{
    // Long enough to be worth keeping, short enough that a changed address of the service is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UnusedConnectionLifetime = TimeSpan.FromSeconds(30);
    private const int CopyBufferSize = 256 * 1024;

    /// <summary>How many idle times a call may take whose work the service does alone, before it says a word.</summary>
    public const int PatienceForWork = 10;

    private readonly S3Options _options;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _places;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly Lazy<HttpClient> _http;

    public S3Connection(S3Options options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _places = new SemaphoreSlim(options.RequestLimit);
        _http = new Lazy<HttpClient>(MakeHttpClient);
        _client = new Lazy<AmazonS3Client>(MakeClient, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Makes one call, within the limit of requests and the idle time.</summary>
    /// <param name="location">What it is about.</param>
    /// <param name="purpose">What it is for; errors depend on that.</param>
    /// <param name="call">The call, including the reading of its answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="patience">How many idle times it may take without a sign of life.</param>
    /// <exception cref="ObjectStoreException">Whatever went wrong.</exception>
    public async Task<T> CallAsync<T>(
        S3Location location, CallPurpose purpose, Func<IAmazonS3, Deadline, Task<T>> call, CancellationToken cancellationToken, int patience = 1)
    {
        var idle = _options.IdleTimeout * patience;
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var deadline = new Deadline(idle, _timeProvider, cancellationToken);
        try
        {
            if (location.Key.StartsWith('/'))
                RequestHandler.KeepLeadingSlash(location.Bucket);
            return await call(_client.Value, deadline).ConfigureAwait(false);
        }
        catch (Exception failure) when (S3Errors.IsOfTheStore(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.HasPassed ? S3Errors.Stalled(location, idle) : S3Errors.Of(failure, location, purpose);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
        _places.Dispose();
    }

    private AmazonS3Client MakeClient()
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = _options.PathStyle,
            // Retries are made in one place, above this store.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            // Checksums are sent as trailers, which many services refuse.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            BufferSize = CopyBufferSize,
            DisableLogging = true,
            HttpClientFactory = new OneClientFactory(_http),
        };
        if (_options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
            config.AuthenticationRegion = _options.Region ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? "us-east-1";
        }
        else if (_options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return Credentials() is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    private AWSCredentials? Credentials() => (_options.AccessKey, _options.SessionToken) switch
    {
        (null or "", _) => null,
        (var key, null or "") => new BasicAWSCredentials(key, _options.SecretKey),
        (var key, var token) => new SessionAWSCredentials(key, _options.SecretKey, token),
    };

    private HttpClient MakeHttpClient()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = _options.ConnectTimeout,
            MaxConnectionsPerServer = _options.RequestLimit,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = UnusedConnectionLifetime,
        };
        if (_options.CertificateAuthorityFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(S3Options.ReadAuthorities(file));
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        // Each call has a deadline of its own, which also covers the body.
        return new HttpClient(new RequestHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private sealed class OneClientFactory(Lazy<HttpClient> client) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client.Value;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
