using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

public sealed class S3TlsTests(S3Fixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task Https_WithTheAuthorityTrusted_Works()
    {
        var uri = await NewUriAsync("a");
        using var store = new S3Store(Secure(Server.CertificateFile));
        await store.PutAsync(uri, Bytes(200_000), Token);
        Assert.Equal(Bytes(200_000), await store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Https_WithoutTheAuthority_IsRefusedForGood()
    {
        using var store = new S3Store(Secure(null));
        await RefusedAsync(store);
    }

    [Fact]
    public async Task Https_WithAnotherAuthority_IsRefusedForGood()
    {
        using var store = new S3Store(Secure("/etc/ssl/certs/ca-certificates.crt"));
        await RefusedAsync(store);
    }

    [Fact]
    public async Task Https_UnderAnotherName_IsRefusedForGood()
    {
        using var store = new S3Store(Secure(Server.CertificateFile) with { Endpoint = new Uri($"https://127.0.0.2:{Server.SecureEndpoint.Port}") });
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(ResourceUri.Parse("s3://bucket/a"), Token));
        // The gateway may listen on one address alone; what must not be is an answer.
        Assert.True(failure.Kind is ObjectStoreErrorKind.Other or ObjectStoreErrorKind.Transient, failure.ToString());
    }

    private static async Task RefusedAsync(S3Store store)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(ResourceUri.Parse("s3://bucket/a"), Token));
        Assert.Equal(ObjectStoreErrorKind.Other, failure.Kind);
        Assert.Contains("certificate is not trusted", failure.Message, StringComparison.Ordinal);
    }

    private S3Options Secure(string? authorities) => TestOptions.Of(Server) with { Endpoint = Server.SecureEndpoint, CertificateAuthorityFile = authorities };
}
