using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class ErrorTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    public static TheoryData<HadoopException, ObjectStoreErrorKind> Refusals => new()
    {
        { HadoopException.NotFound("/a"), ObjectStoreErrorKind.NotFound },
        { HadoopException.ParentIsFile("/a"), ObjectStoreErrorKind.NotFound },
        { HadoopException.Denied("alice", "READ", "/a", "bob:supergroup:600"), ObjectStoreErrorKind.PermissionDenied },
        { HadoopException.Exists("there"), ObjectStoreErrorKind.AlreadyExists },
        { HadoopException.Security("Failed to obtain user group information"), ObjectStoreErrorKind.Unauthenticated },
        { new HadoopException("org.apache.hadoop.security.token.SecretManager$InvalidToken", "token is expired"), ObjectStoreErrorKind.Unauthenticated },
        { HadoopException.Illegal("Invalid value"), ObjectStoreErrorKind.InvalidPath },
        { HadoopException.InvalidPath("/a"), ObjectStoreErrorKind.InvalidPath },
        { HadoopException.TooLong("aaa"), ObjectStoreErrorKind.InvalidPath },
        { HadoopException.Unsupported("WebHDFS is off"), ObjectStoreErrorKind.Unsupported },
        { HadoopException.SafeMode("read", "/a"), ObjectStoreErrorKind.Transient },
        { HadoopException.BeingCreated("/a"), ObjectStoreErrorKind.Transient },
        { HadoopException.InputOutput("Filesystem closed"), ObjectStoreErrorKind.Transient },
        { HadoopException.Runtime("oops"), ObjectStoreErrorKind.Transient },
        { HadoopException.SpaceQuota("/a"), ObjectStoreErrorKind.Other },
        { new HadoopException("org.example.StrangeException", "strange\n at x"), ObjectStoreErrorKind.Other },
    };

    public static TheoryData<int, ObjectStoreErrorKind> Statuses => new()
    {
        { 401, ObjectStoreErrorKind.Unauthenticated },
        { 403, ObjectStoreErrorKind.PermissionDenied },
        { 404, ObjectStoreErrorKind.Other },
        { 429, ObjectStoreErrorKind.Transient },
        { 500, ObjectStoreErrorKind.Transient },
        { 503, ObjectStoreErrorKind.Transient },
        { 302, ObjectStoreErrorKind.Other },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Stat_RefusedWithAnException_HasItsKind(HadoopException refusal, ObjectStoreErrorKind kind)
    {
        var failure = await StatFailsAsync(WebHdfsFault.Throw(refusal));
        Assert.Equal(kind, failure.Kind);
        Assert.False(failure.IsThrottled);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Stat_RefusedWithABareStatus_HasItsKind(int status, ObjectStoreErrorKind kind)
    {
        var failure = await StatFailsAsync(WebHdfsFault.Status(status));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(status is 429 or 503, failure.IsThrottled);
    }

    [Fact]
    public async Task Stat_ResetByTheNameNode_IsTransient() => Assert.Equal(ObjectStoreErrorKind.Transient, (await StatFailsAsync(WebHdfsFault.Reset)).Kind);

    [Theory]
    [InlineData("hdfs://127.0.0.1:1/a", "refuses connections")]
    [InlineData("hdfs://a-label-of-more-than-63-characters-which-no-server-is-asked-about-ever-x/a", "cannot be found by its name")]
    public async Task Stat_OfANameNodeThatIsNotThere_IsTransientAndSaysSo(string location, string problem)
    {
        using var store = new HdfsStore("hdfs", new HdfsOptions());
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(ResourceUri.Parse(location), Token));
        Assert.Equal(ObjectStoreErrorKind.Transient, failure.Kind);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_OnADirectory_AreInvalidPath()
    {
        using var store = Store();
        var file = Uri($"{Guid.NewGuid():N}/a");
        await store.PutAsync(file, Bytes(10), Token);
        var directory = ResourceUri.Parse(file.ToString()[..^2]);
        await InvalidAsync(() => store.StatAsync(directory, Token));
        await InvalidAsync(() => store.OpenAsync(directory, null, Token));
        await InvalidAsync(() => store.DeleteAsync(directory, Token));
        await InvalidAsync(() => store.PutAsync(directory, Bytes(10), Token));
        await InvalidAsync(() => store.PutAsync(file.Append("below"), Bytes(10), Token));
        Assert.Equal(ObjectStoreErrorKind.NotFound, (await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(file.Append("below"), Token))).Kind);
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a/./b")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("%FF")]
    [InlineData("._blaze-x")]
    [InlineData("")]
    public async Task Stat_OfANameHdfsCannotHave_IsInvalidPathWithoutAsking(string name)
    {
        using var store = new HdfsStore("hdfs", new HdfsOptions());
        await InvalidAsync(() => store.StatAsync(ResourceUri.Parse($"hdfs://127.0.0.1:1/{name}"), Token));
        await InvalidAsync(() => store.PutAsync(ResourceUri.Parse($"hdfs://127.0.0.1:1/{name}"), Bytes(1), Token));
    }

    [Fact]
    public async Task Put_InSafeMode_IsTransientAndReadingGoesOn()
    {
        await using var own = await StartAsync();
        await own.Store.PutAsync(own.Uri("a"), Bytes(10), Token);
        own.Server.IsInSafeMode = true;
        await own.FailsAsync(ObjectStoreErrorKind.Transient, () => own.Store.PutAsync(own.Uri("b"), Bytes(10), Token));
        Assert.Equal(Bytes(10), await own.Store.GetAsync(own.Uri("a"), null, Token));
    }

    [Fact]
    public async Task Calls_WithoutPermission_ArePermissionDenied()
    {
        await using var own = await StartAsync();
        await own.Store.PutAsync(own.Uri("d/a"), Bytes(10), Token);
        own.Server.SetMode("/d/a", "000");
        await own.FailsAsync(ObjectStoreErrorKind.PermissionDenied, () => own.Store.GetAsync(own.Uri("d/a"), null, Token));
        using var other = new HdfsStore("hdfs", new HdfsOptions { User = "bob" });
        var uri = ResourceUri.Parse($"hdfs://{own.Server.NameNodes[0]}/d/b");
        var failure = await own.FailsAsync(ObjectStoreErrorKind.PermissionDenied, () => other.PutAsync(uri, Bytes(10), Token));
        Assert.Contains("user=bob", failure.Message, StringComparison.Ordinal);
    }

    private static async Task InvalidAsync(Func<Task> action) =>
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, (await Assert.ThrowsAsync<ObjectStoreException>(action)).Kind);

    private static HdfsStore Store() => new("hdfs", new HdfsOptions { User = "alice" });

    private ResourceUri Uri(string path) => ResourceUri.Parse($"hdfs://{cluster.Server.NameNodes[0]}/{path}");

    private async Task<ObjectStoreException> StatFailsAsync(WebHdfsFault fault)
    {
        using var store = Store();
        var uri = Uri($"{Guid.NewGuid():N}");
        var before = cluster.Server.Fault;
        cluster.Server.Fault = request => request.Path == "/" + uri.Name ? fault : null;
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.StatAsync(uri, Token));
        cluster.Server.Fault = before;
        Assert.Equal(uri, failure.Uri);
        Assert.Contains(uri.Display, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }
}
