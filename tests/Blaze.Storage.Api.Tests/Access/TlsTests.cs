using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Blaze.Storage.Api.Access;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Access;

public sealed class TlsTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_WithTheCertificatesAuthority_IsAnsweredInEitherVersion(string version)
    {
        await using var world = AccessWorld.New();
        using var certificate = Write(world, "first");
        await world.StartAsync(redis, options => WithTls(options, world));
        using var http = Http(world, certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await http.SendAsync(request, Cancelled);
        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
    }

    [Fact]
    public async Task Connection_AfterTheFilesChanged_GetsTheNewCertificate()
    {
        await using var world = AccessWorld.New();
        using var first = Write(world, "first");
        var time = new Blaze.Storage.TestKit.Faults.ManualTime();
        await world.StartAsync(redis, options => WithTls(options, world) with { TimeProvider = time });
        Assert.Equal("CN=first", await SubjectAsync(world));
        using var second = Write(world, "second");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=second", await SubjectAsync(world));
        await File.WriteAllTextAsync(world.PathOf("tls.pem"), "nothing", Cancelled);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=second", await SubjectAsync(world));
        Assert.Single(world.Log.Of(4112));
    }

    [Fact]
    public async Task Start_WithFilesThatAreNoCertificate_IsRefusedWithASentence()
    {
        await using var world = AccessWorld.New();
        await File.WriteAllTextAsync(world.PathOf("tls.pem"), "nothing", Cancelled);
        await File.WriteAllTextAsync(world.PathOf("tls.key"), "nothing", Cancelled);
        var problem = await Assert.ThrowsAsync<ApiException>(() => world.StartAsync(redis, options => WithTls(options, world)));
        Assert.Contains("tls.pem", problem.Message, StringComparison.Ordinal);
    }

    private static ApiOptions WithTls(ApiOptions options, AccessWorld world) => options with
    {
        Listen = new Uri("https://127.0.0.1:0"),
        Access = options.Access with { Certificate = world.PathOf("tls.pem"), CertificateKey = world.PathOf("tls.key") },
    };

    private static X509Certificate2 Write(AccessWorld world, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(world.PathOf("tls.pem"), made.ExportCertificatePem());
        File.WriteAllText(world.PathOf("tls.key"), key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    private static HttpClient Http(AccessWorld world, X509Certificate2 trusted)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        return new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } }) { BaseAddress = world.Address };
    }

    private static async Task<string> SubjectAsync(AccessWorld world)
    {
        var subject = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => (subject = certificate!.Subject).Length > 0;
        using var http = new HttpClient(handler) { BaseAddress = world.Address };
        await http.GetStringAsync("/healthz", Cancelled);
        return subject;
    }
}
