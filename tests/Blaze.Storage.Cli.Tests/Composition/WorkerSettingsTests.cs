using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Cli.Tests.Cluster;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Tests.Composition;

public sealed class WorkerSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NothingSet_HasNoResources() => Assert.True(Read().Resources.IsNone);

    [Fact]
    public void Read_FileAndEnvironment_TheEnvironmentWins()
    {
        File.WriteAllText(_folder["options.json"], """{"worker":{"resources":"gpu=2,memory=8Gi"}}""");
        _variables["BLAZE_OPTIONS"] = _folder["options.json"];
        Assert.Equal("gpu=2,memory=8Gi", Read().Resources.ToString());

        _variables["BLAZE_RESOURCES"] = "gpu=1, fpga=3";

        Assert.Equal("fpga=3,gpu=1", Read().Resources.ToString());
    }

    [Fact]
    public void Read_Mistake_IsNamed()
    {
        _variables["BLAZE_RESOURCES"] = "gpu=lots";

        var problem = Assert.Throws<BlazeException>(Read);

        Assert.Contains("BLAZE_RESOURCES", problem.Message, StringComparison.Ordinal);
        Assert.Contains("lots", problem.Message, StringComparison.Ordinal);
    }

    private WorkerSettings Read() => WorkerSettings.Read(name => _variables.GetValueOrDefault(name));
}
