using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Blaze.Storage.Center.Tests;

/// <summary>Connections to a redis-server that speaks TLS alone.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-tls-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_WithTheServersAuthority_WorksAndComesBackAfterTheServerWasAway()
    {
        using var authority = NewAuthority("ca");
        await using var server = await StartAsync(authority, "127.0.0.1");
        await using var center = await CenterConnection.ConnectAsync(AddressOf(server, "ca.pem"), Cancellation);
        Assert.Empty(await center.Workers.ListAsync(Cancellation));

        await server.StopAsync();
        await server.StartAgainAsync(Cancellation);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (await Record.ExceptionAsync(() => center.Workers.ListAsync(deadline.Token)) is { } away)
            Assert.Equal(CenterErrorKind.Unavailable, Assert.IsType<CenterException>(away).Kind);
    }

    [Fact]
    public async Task Connect_WithoutTheAuthorityOrWithAnother_IsRefused()
    {
        using var authority = NewAuthority("ca");
        using var other = NewAuthority("other");
        await using var server = await StartAsync(authority, "127.0.0.1");
        foreach (var file in new[] { null, "other.pem" })
            await RefusedAsync(AddressOf(server, file), CenterErrorKind.Unauthenticated, "not trusted");
    }

    [Fact]
    public async Task Connect_ToAnotherNameThanTheCertificates_IsRefused()
    {
        using var authority = NewAuthority("ca");
        await using var server = await StartAsync(authority, "127.0.0.2");
        await RefusedAsync(AddressOf(server, "ca.pem"), CenterErrorKind.Unauthenticated, "not trusted");
    }

    [Fact]
    public async Task Connect_WithAWrongPassword_SaysSo()
    {
        using var authority = NewAuthority("ca");
        await using var server = await StartAsync(authority, "127.0.0.1");
        await RefusedAsync(AddressOf(server, "ca.pem") with { Password = "wrong-one" }, CenterErrorKind.Unauthenticated, "refused the password");
    }

    [Fact]
    public async Task Connect_WithoutTlsToAServerThatHasIt_IsRefused()
    {
        using var authority = NewAuthority("ca");
        await using var server = await StartAsync(authority, "127.0.0.1");
        var error = await Assert.ThrowsAsync<CenterException>(() => CenterConnection.ConnectAsync(AddressOf(server, null) with { UseTls = false }, Cancellation));
        Assert.DoesNotContain(server.Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WithAFileThatIsNone_SaysWhich()
    {
        await File.WriteAllTextAsync(PathOf("none.pem"), "nothing", Cancellation);
        foreach (var file in new[] { "none.pem", "missing.pem" })
            await RefusedAsync(CenterAddress.Parse("rediss://127.0.0.1:1/x") with { CertificateAuthorityFile = PathOf(file) }, CenterErrorKind.Invalid, PathOf(file));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task RefusedAsync(CenterAddress address, CenterErrorKind kind, string reason)
    {
        var error = await Assert.ThrowsAsync<CenterException>(() => CenterConnection.ConnectAsync(address, Cancellation));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private CenterAddress AddressOf(TestServer server, string? authority) =>
        CenterAddress.Parse(server.Address("t")) with { UseTls = true, CertificateAuthorityFile = authority is null ? null : PathOf(authority) };

    private X509Certificate2 NewAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(PathOf($"{name}.pem"), made.ExportCertificatePem());
        return made;
    }

    private async Task<TestServer> StartAsync(X509Certificate2 authority, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=center", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.Create(authority, now.AddHours(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(PathOf("server.pem"), made.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(PathOf("server.key"), key.ExportPkcs8PrivateKeyPem(), Cancellation);
        return await CenterServers.StartRedisWithTlsAsync(PathOf("server.pem"), PathOf("server.key"), Cancellation);
    }
}
