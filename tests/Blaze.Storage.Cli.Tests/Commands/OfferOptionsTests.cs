using System.CommandLine;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class OfferOptionsTests
{
    [Fact]
    public void ToArguments_ReadAgain_MakeTheSameChoice()
    {
        var choice = Read("--tag", "#a", "--resource", "gpu=2", "--resource", "memory=8Gi", "--allow-code", "--ops", "/ops");

        Assert.Equal("gpu=2,memory=8Gi", choice.Resources!.ToString());
        Assert.Equal(choice.ToArguments(), Read([.. choice.ToArguments()]).ToArguments());
        Assert.Null(Read().Resources);
        Assert.Empty(Read().ToArguments());
    }

    [Fact]
    public void ToArgumentsOf_SeveralWorkers_DivideTheResources()
    {
        var choice = Read("--tag", "#a", "--resource", "gpu=3,fpga=1");

        Assert.Equal(["--tag", "#a", "--resource", "fpga=1,gpu=2"], choice.ToArgumentsOf(0, 2, ResourceAmounts.None));
        // What it has none of is said, lest the environment be asked.
        Assert.Equal(["--tag", "#a", "--resource", "fpga=0,gpu=1"], choice.ToArgumentsOf(1, 2, ResourceAmounts.None));
        Assert.Equal("gpu=1", Read("--resource", "fpga=0,gpu=1").Resources!.ToString());
    }

    [Fact]
    public void ToArgumentsOf_NothingSaid_DividesWhatIsUsual()
    {
        Assert.Equal(["--resource", "gpu=1"], Read().ToArgumentsOf(1, 2, ResourceAmounts.Of([new("gpu", 2)])));
        Assert.Empty(Read().ToArgumentsOf(0, 2, ResourceAmounts.None));
        Assert.Equal(["--resource", "fpga=1"], Read("--resource", "fpga=1").ToArgumentsOf(0, 1, ResourceAmounts.Of([new("gpu", 2)])));
    }

    private static OfferChoice Read(params string[] words)
    {
        var command = new Command("worker");
        var options = OfferOptions.AddTo(command, "What it has");
        return options.Read(command.Parse(words));
    }
}
