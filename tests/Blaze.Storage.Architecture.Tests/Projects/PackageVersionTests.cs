using System.Xml.Linq;

namespace Blaze.Storage.Architecture.Tests.Projects;

public sealed class PackageVersionTests
{
    private static readonly XDocument Pins = XDocument.Parse(Repository.Text("Directory.Packages.props"));

    [Fact]
    public void EachPin_HasItsReasonRightAbove()
    {
        var unexplained =
            from pin in Pins.Descendants("PackageVersion")
            where pin.PreviousNode is not XComment { Value.Length: > 10 } && pin.PreviousNode is not XComment { Value: " As above. " }
            select (string?)pin.Attribute("Include");
        Assert.Empty(unexplained);
    }

    [Fact]
    public void EachPin_IsOneVersionAndUsedOnce()
    {
        var names = Pins.Descendants("PackageVersion").Select(pin => (string?)pin.Attribute("Include")).ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
        Assert.All(Pins.Descendants("PackageVersion"), pin => Assert.DoesNotContain('*', (string)pin.Attribute("Version")!));
    }

    [Fact]
    public void Projects_NameNoVersionOfTheirOwn()
    {
        var versions =
            from file in Repository.Files("*.csproj", "src", "adapters", "samples", "tests", "infra")
            from reference in XDocument.Parse(Repository.Text(file)).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            select $"{file}: {reference.Attribute("Include")?.Value}";
        Assert.Empty(versions);
    }
}
