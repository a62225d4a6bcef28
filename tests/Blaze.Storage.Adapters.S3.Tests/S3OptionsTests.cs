using Blaze.Storage.Core;

namespace Blaze.Storage.Adapters.S3.Tests;

public sealed class S3OptionsTests
{
    private static readonly S3Options Valid = new()
    {
        Endpoint = new Uri("https://s3.example.org:9000"), Region = "eu-west-1", AccessKey = "someone", SecretKey = "very-secret", SessionToken = "token-secret",
    };

    public static TheoryData<S3Options, string> Mistakes => new()
    {
        { Valid with { Endpoint = new Uri("ftp://host") }, "http://" },
        { Valid with { Endpoint = new Uri("relative/path", UriKind.Relative) }, "http://" },
        { Valid with { Endpoint = new Uri("http://host/bucket") }, "path" },
        { Valid with { Endpoint = new Uri("http://host/?x=1") }, "path" },
        { Valid with { Endpoint = new Uri("http://me:very-secret@host/") }, "user name" },
        { Valid with { Region = "" }, "region" },
        { Valid with { Region = "eu west" }, "region" },
        { Valid with { SecretKey = null }, "only one" },
        { Valid with { AccessKey = "" }, "only one" },
        { Valid with { AccessKey = null, SecretKey = null }, "session token" },
        { Valid with { CertificateAuthorityFile = "/nonexistent/ca.pem" }, "/nonexistent/ca.pem" },
        { Valid with { CertificateAuthorityFile = "/dev/null" }, "no certificate" },
        { Valid with { ConnectTimeout = TimeSpan.Zero }, "connect timeout" },
        { Valid with { ConnectTimeout = TimeSpan.FromHours(2) }, "connect timeout" },
        { Valid with { IdleTimeout = TimeSpan.FromSeconds(-1) }, "idle timeout" },
        { Valid with { ReadSize = 1000 }, "read size" },
        { Valid with { ReadSize = int.MaxValue }, "read size" },
        { Valid with { RequestLimit = 0 }, "request limit" },
    };

    [Fact]
    public void Validated_OfValidOptions_GivesThem()
    {
        Assert.Same(Valid, Valid.Validated());
        Assert.Equal(new S3Options(), new S3Options().Validated());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validated_OfAMistake_IsOneSentenceWithoutSecrets(S3Options options, string named)
    {
        var failure = Assert.Throws<BlazeException>(options.Validated);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("secret", failure.Message.Replace("secret key", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfOptionsWithKeys_ShowsNone()
    {
        Assert.DoesNotContain("secret", Valid.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("someone", Valid.ToString(), StringComparison.Ordinal);
    }
}
