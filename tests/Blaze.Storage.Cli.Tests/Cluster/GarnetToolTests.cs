using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class GarnetToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_RestoredTool_GivesThePinnedVersionForTheNewestFramework()
    {
        foreach (var path in new[] { "1.0.0/tools/net10.0/any", "2.0.0/tools/net8.0/any", "2.0.0/tools/net9.0/any", "2.0.0/tools/net9.0/any/portable", "3.0.0/tools/net10.0/any" })
        {
            Directory.CreateDirectory(_folder["garnet-server/" + path]);
            File.WriteAllText(_folder[$"garnet-server/{path}/GarnetServer.dll"], "");
        }
        Assert.Equal(_folder["garnet-server/2.0.0/tools/net9.0/any/GarnetServer.dll"], GarnetTool.Find(Manifest("2.0.0"), _folder.Path));
    }

    [Fact]
    public void Find_ToolNotRestored_IsNull() => Assert.Null(GarnetTool.Find(Manifest("2.0.0"), _folder.Path));

    [Fact]
    public void Find_NoManifest_IsNull() => Assert.Null(GarnetTool.Find(_folder["missing.json"], _folder.Path));

    [Fact]
    public void Find_ManifestWithoutTheTool_IsNull()
    {
        File.WriteAllText(_folder["tools.json"], """{"tools":{}}""");
        Assert.Null(GarnetTool.Find(_folder["tools.json"], _folder.Path));
    }

    private string Manifest(string version)
    {
        File.WriteAllText(_folder["tools.json"], $$"""{"version":1,"tools":{"garnet-server":{"version":"{{version}}","commands":["garnet-server"]} } }""");
        return _folder["tools.json"];
    }
}
