namespace Blaze.Storage.Center.Tests;

public sealed class CenterAddressTests
{
    [Theory]
    [InlineData("redis://h", "h", 6379, "default", null, false)]
    [InlineData("redis://h/", "h", 6379, "default", null, false)]
    [InlineData("redis://h:1/ns", "h", 1, "ns", null, false)]
    [InlineData("redis://:p%40%2F@127.0.0.1:7000/team-a.b_c", "127.0.0.1", 7000, "team-a.b_c", "p@/", false)]
    [InlineData("rediss://:x@[::1]:2/n", "::1", 2, "n", "x", true)]
    [InlineData("redis://:@h", "h", 6379, "default", null, false)]
    public void Parse_GoodAddress_PartsAndBack(string text, string host, int port, string name, string? password, bool tls)
    {
        var address = CenterAddress.Parse(text);
        Assert.Equal((host, port, name, password, tls), (address.Host.Trim('[', ']'), address.Port, address.Namespace, address.Password, address.UseTls));
        Assert.Equal(address, CenterAddress.Parse(address.ToUriWithPassword()));
    }

    [Fact]
    public void Parse_WithAnAuthority_KeepsItThereAndBack()
    {
        var address = CenterAddress.Parse("rediss://:p@h/ns?ca=%2Fetc%2Fmy%20ca.pem");
        Assert.Equal("/etc/my ca.pem", address.CertificateAuthorityFile);
        Assert.Equal("/etc/my ca.pem", CenterAddress.Parse("rediss://h/ns?ca=/etc/my%20ca.pem").CertificateAuthorityFile);
        Assert.Equal(address, CenterAddress.Parse(address.ToUriWithPassword()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("h:6379")]
    [InlineData("http://h/ns")]
    [InlineData("redis://")]
    [InlineData("redis:///ns")]
    [InlineData("redis://h:99999/ns")]
    [InlineData("redis://h:x/ns")]
    [InlineData("redis://secret@h/ns")]
    [InlineData("redis://user:secret@h/ns")]
    [InlineData("redis://:secret@h/a/b")]
    [InlineData("redis://:secret@h/a{b}")]
    [InlineData("redis://:secret@h/a%20b")]
    [InlineData("redis://:secret@h/ns?db=secret")]
    [InlineData("redis://:secret@h/ns#secret")]
    [InlineData("redis://:secret@h/ns?ca=secret")]
    [InlineData("rediss://:secret@h/ns?ca=")]
    [InlineData("rediss://:secret@h/ns?cb=secret")]
    [InlineData("rediss://:secret@h/ns?ca=a&cb=secret")]
    public void Parse_BadAddress_OneSentenceWithoutThePassword(string text)
    {
        var error = Assert.Throws<CenterException>(() => CenterAddress.Parse(text));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ToString_WithPassword_LeavesItOut() =>
        Assert.Equal("redis://h:6379/ns", CenterAddress.Parse("redis://:secret@h/ns").ToString());

    [Fact]
    public void Record_PrintedByInterpolation_LeavesThePasswordOut() =>
        Assert.DoesNotContain("secret", $"{CenterAddress.Parse("redis://:secret@h/ns")}", StringComparison.Ordinal);
}
