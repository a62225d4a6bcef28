using Blaze.Storage.Core;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class OptionsTests
{
    public static TheoryData<HdfsOptions, string> Mistakes => new()
    {
        { With("a b", "host:1"), "'a b'" },
        { With("cluster"), "has no name node" },
        { With("cluster", "host:99999"), "'host:99999'" },
        { With("cluster", "http://host:1"), "'http://host:1'" },
        { new HdfsOptions { User = "" }, "user" },
        { new HdfsOptions { User = "a b" }, "user" },
        { new HdfsOptions { DelegationToken = "a&b" }, "token" },
        { new HdfsOptions { DelegationToken = "abc", Kerberos = true }, "not both" },
        { new HdfsOptions { CaBundle = "/no/such/file" }, "/no/such/file" },
        { new HdfsOptions { LocalAddress = "here" }, "'here'" },
        { new HdfsOptions { HostNames = ["a", " "] }, "host names" },
        { new HdfsOptions { ConnectTimeout = TimeSpan.Zero }, "connect timeout" },
        { new HdfsOptions { IdleTimeout = TimeSpan.FromDays(2) }, "idle timeout" },
        { new HdfsOptions { ReadSize = 100 }, "read size" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Validated_WithAMistake_SaysItInASentence(HdfsOptions options, string part)
    {
        var failure = Assert.Throws<BlazeException>(options.Validated);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a&b", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, Assert.Throws<BlazeException>(() => new HdfsStore("hdfs", options)).Message);
    }

    [Fact]
    public void Validated_WithSeveralMistakes_SaysAll()
    {
        var failure = Assert.Throws<BlazeException>(new HdfsOptions { ReadSize = 1, User = "" }.Validated);
        Assert.Contains("user", failure.Message, StringComparison.Ordinal);
        Assert.Contains("read size", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validated_OfTheDefaults_IsTheSame()
    {
        var options = new HdfsOptions();
        Assert.Same(options, options.Validated());
    }

    [Fact]
    public void ToString_WithASecret_DoesNotShowIt() =>
        Assert.DoesNotContain("SECRET", new HdfsOptions { DelegationToken = "SECRET" }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void New_WithAnotherScheme_IsRefused() => Assert.Throws<ArgumentException>(() => new HdfsStore("s3", new HdfsOptions()));

    private static HdfsOptions With(string name, params string[] hosts) =>
        new() { NameServices = new Dictionary<string, IReadOnlyList<string>> { [name] = hosts } };
}
