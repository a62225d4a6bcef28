using Blaze.Storage.Api.Access;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Api.Tests.Access;

public sealed class KeyFileTests : IDisposable
{
    private static readonly string Hash = new('a', 64);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-keys-test-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "keys.json");

    [Fact]
    public void Add_Twice_KeepsBothAndNoKeyInTheFile()
    {
        var one = ApiKeyFile.Add(Path, "ci", Scopes.Submit, ["s3://b/logs/"]);
        var two = ApiKeyFile.Add(Path, "root", Scopes.Admin, null);

        var text = File.ReadAllText(Path);
        Assert.DoesNotContain(one, text, StringComparison.Ordinal);
        Assert.DoesNotContain(two, text, StringComparison.Ordinal);
        Assert.NotEqual(one, two);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path));
        Assert.Equal([("ci", Scopes.Submit, "s3://b/logs/"), ("root", Scopes.Admin, null)], ApiKeyFile.List(Path).Select(key => (key.Name, key.Scopes, key.Sources?.Single())));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Remove_ById_LeavesTheOthers()
    {
        ApiKeyFile.Add(Path, "one", Scopes.Read, null);
        ApiKeyFile.Add(Path, "two", Scopes.Read, null);
        Assert.True(ApiKeyFile.Remove(Path, ApiKeyFile.List(Path)[0].Id));
        Assert.False(ApiKeyFile.Remove(Path, "00000000"));
        Assert.Equal("two", ApiKeyFile.List(Path).Single().Name);
    }

    [Theory]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["read"],"source":["s3://b"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["reed"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":[]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"12","scopes":["read"]}]}""")]
    [InlineData("""{"keys":[{"name":"a\nb","sha256":"HASH","scopes":["read"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["read"],"sources":["bucket"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["read"],"sources":["s3://b/../c"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["read"],"scopes":["admin"]}]}""")]
    [InlineData("""{"keys":[{"name":"a","sha256":"HASH","scopes":["read"]},{"name":"b","sha256":"HASH","scopes":["admin"]}]}""")]
    [InlineData("""{"keys":[{"name":null,"sha256":"HASH","scopes":["read"]}]}""")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{"keys":null}""")]
    [InlineData("null")]
    [InlineData("")]
    public void Read_OfWhatIsNoKeyFile_IsRefusedWithASentence(string text)
    {
        File.WriteAllText(Path, text.Replace("HASH", Hash, StringComparison.Ordinal));
        var problem = Assert.Throws<ApiException>(() => ApiKeyFile.List(Path));
        Assert.DoesNotContain(Hash, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfNothing_IsRefused() => Assert.Contains("blaze key new", Assert.Throws<ApiException>(() => ApiKeyFile.List(Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_AfterAChange_KnowsTheNewKeysWithinASecond()
    {
        var time = new ManualTime();
        var one = ApiKeyFile.Add(Path, "one", Scopes.Read, null);
        var log = new AccessWorld.Logs();
        var ring = new KeyRing(Path, time, log);
        Assert.Equal("one", ring.Find(one)?.Name);
        Assert.Null(ring.Find(one + " "));

        var two = ApiKeyFile.Add(Path, "two", Scopes.Read, null);
        ApiKeyFile.Remove(Path, ApiKeyFile.List(Path)[0].Id);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two", ring.Find(two)?.Name);
        Assert.Null(ring.Find(one));
        Assert.Single(log.Of(4111));
    }

    [Fact]
    public void Find_WhileTheFileIsBroken_KeepsTheFormerKeysAndSaysSoOnce()
    {
        var time = new ManualTime();
        var key = ApiKeyFile.Add(Path, "one", Scopes.Read, null);
        var log = new AccessWorld.Logs();
        var ring = new KeyRing(Path, time, log);
        File.WriteAllText(Path, "{");
        for (var second = 0; second < 5; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull(ring.Find(key));
        }

        Assert.Single(log.Of(4112));
    }

    [Fact]
    public void Find_InAMountedSecretThatIsSwapped_KnowsTheNewKeys()
    {
        // As orchestrators mount secrets: files are links through a link to a folder, which is replaced.
        var time = new ManualTime();
        var (first, second) = (_folder.CreateSubdirectory("..1"), _folder.CreateSubdirectory("..2"));
        var one = ApiKeyFile.Add(System.IO.Path.Combine(first.FullName, "a.json"), "one", Scopes.Read, null);
        var two = ApiKeyFile.Add(System.IO.Path.Combine(second.FullName, "a.json"), "two", Scopes.Read, null);
        var data = System.IO.Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(data, first.FullName);
        File.CreateSymbolicLink(System.IO.Path.Combine(_folder.FullName, "a.json"), System.IO.Path.Combine("..data", "a.json"));
        var ring = new KeyRing(_folder.FullName, time, new AccessWorld.Logs());
        Assert.NotNull(ring.Find(one));

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, second.FullName);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(ring.Find(two));
        Assert.Null(ring.Find(one));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
