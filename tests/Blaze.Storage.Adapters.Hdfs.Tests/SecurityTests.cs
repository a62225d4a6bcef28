using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class SecurityTests
{
    private const string Secret = "JQAIaG9yY2hhcmQ_SECRET-token";
    private static readonly WebHdfsServerOptions Secured = new() { Token = Secret };

    [Fact]
    public async Task EveryCall_WithTheToken_Works()
    {
        await using var cluster = await StartAsync(Secured, usual => usual with { DelegationToken = Secret, User = null });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        Assert.Equal(Bytes(10), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
    }

    [Fact]
    public async Task Stat_WithAnotherToken_IsUnauthenticated()
    {
        await using var cluster = await StartAsync(Secured, usual => usual with { DelegationToken = "other", User = null });
        await cluster.FailsAsync(ObjectStoreErrorKind.Unauthenticated, () => cluster.Store.StatAsync(cluster.Uri("a"), Token));
    }

    [Fact]
    public async Task Failures_OfEveryKind_DoNotShowTheToken()
    {
        await using var cluster = await StartAsync(Secured, usual => usual with { DelegationToken = Secret, User = null });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        foreach (var fault in new[]
        {
            WebHdfsFault.Reset, WebHdfsFault.Shorten(10), WebHdfsFault.ResetAfter(10), WebHdfsFault.Status(500), WebHdfsFault.Status(401),
            WebHdfsFault.Throw(HadoopException.Security($"token ({Secret}) can't be found")), WebHdfsFault.Throw(HadoopException.Runtime(Secret)),
        })
        {
            foreach (var node in new[] { "name", "data" })
            {
                cluster.Watch(request => request.Node.StartsWith(node, StringComparison.Ordinal) ? fault : null);
                var failure = await Record.ExceptionAsync(() => reader.ReadAsync(0, new byte[1000], Token).AsTask());
                Assert.DoesNotContain(Secret, failure?.ToString() ?? "", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Read_RedirectedElsewhere_GivesTheTokenToNobodyTheClusterDidNot()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = new TaskCompletionSource<string>();
        _ = AnswerAsync();
        await using var cluster = await StartAsync(Secured, usual => usual with { DelegationToken = Secret, User = null });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Server.Redirect = request => request.Operation == "OPEN" ? $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/elsewhere" : null;
        Assert.Equal("0123456789"u8.ToArray(), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        var head = await asked.Task;
        Assert.StartsWith("GET /elsewhere HTTP/1.1", head, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);

        async Task AnswerAsync()
        {
            using var client = await listener.AcceptTcpClientAsync(Token);
            var buffer = new byte[8192];
            var read = await client.GetStream().ReadAsync(buffer, Token);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789"u8.ToArray(), Token);
            asked.SetResult(System.Text.Encoding.ASCII.GetString(buffer, 0, read));
        }
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fe80::1]/latest/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/meta-data/")]
    public async Task Read_RedirectedToACloudsMetadata_IsRefused(string target)
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Server.Redirect = request => request.Operation == "OPEN" ? target : null;

        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Other, () => cluster.Store.GetAsync(cluster.Uri("a"), null, Token));

        Assert.Contains("link-local", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsAtConfiguredEndpoint_OfNamesAndTheirNodesOnly_IsTrue()
    {
        using var store = new HdfsStore("hdfs", new HdfsOptions { NameServices = new Dictionary<string, IReadOnlyList<string>> { ["prod"] = ["nn1:9870", "nn2"] } });
        Assert.True(Is("hdfs://prod/a"));
        Assert.True(Is("hdfs://PROD/a"));
        Assert.True(Is("hdfs://nn1/a"));
        Assert.True(Is("hdfs://nn2:9870/a"));
        Assert.False(Is("hdfs://nn2:80/a"));
        Assert.False(Is("hdfs://prod:9870/a"));
        Assert.False(Is("hdfs://nn3/a"));
        Assert.False(Is("webhdfs://prod/a"));

        bool Is(string uri) => store.IsAtConfiguredEndpoint(ResourceUri.Parse(uri));
    }

    [Fact]
    public async Task Tls_WithTheClustersCertificate_WorksAndIsNotLeftByRedirects()
    {
        using var certificate = Certificate();
        using var bundle = new Bundle(certificate);
        await using var cluster = await StartAsync(new WebHdfsServerOptions { Certificate = certificate }, usual => usual with { CaBundle = bundle.File }, "swebhdfs");
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        Assert.Equal(Bytes(10), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        cluster.Server.Redirect = request => request.Operation == "OPEN" ? $"http://{cluster.Server.DataNodeAuthority(0)}/webhdfs/v1/a?op=OPEN" : null;
        await cluster.FailsAsync(ObjectStoreErrorKind.Other, () => cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
    }

    [Fact]
    public async Task Tls_WithAnUnknownCertificate_IsNoTransientFailure()
    {
        using var certificate = Certificate();
        using var other = Certificate();
        using var bundle = new Bundle(other);
        await using var cluster = await StartAsync(new WebHdfsServerOptions { Certificate = certificate }, usual => usual with { CaBundle = bundle.File }, "swebhdfs");
        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Other, () => cluster.Store.StatAsync(cluster.Uri("a"), Token));
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_WithABundleThatIsNone_IsRefusedAtOnce()
    {
        using var bundle = new Bundle(null);
        var failure = Assert.Throws<BlazeException>(() => new HdfsStore("swebhdfs", new HdfsOptions { CaBundle = bundle.File }));
        Assert.Contains(bundle.File, failure.Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class Bundle : IDisposable
    {
        public Bundle(X509Certificate2? certificate) => System.IO.File.WriteAllText(File, certificate?.ExportCertificatePem() ?? "nothing");

        public string File { get; } = Path.Combine(Path.GetTempPath(), $"blaze-{Guid.NewGuid():N}.pem");

        public void Dispose() => System.IO.File.Delete(File);
    }
}
