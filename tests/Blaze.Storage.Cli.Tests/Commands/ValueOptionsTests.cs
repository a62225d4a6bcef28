using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class ValueOptionsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void ToArguments_NoMemoryNamed_DividesWhatOneWouldTake(int workers, int shares)
    {
        var memory = long.Parse(WordsFor(workers)["--memory"], CultureInfo.InvariantCulture);

        Assert.Equal(WorkerOptions.SharedMemory(1) / shares, memory);
        Assert.True(memory > 0);
    }

    [Fact]
    public void ToArguments_MemoryNamed_IsThatForEachWorker()
    {
        var words = WordsFor(4, "--memory", "3Gi", "--spill", "/var/tmp");

        Assert.Equal(("3Gi", "/var/tmp"), (words["--memory"], words["--spill"]));
    }

    [Fact]
    public void ToArguments_ReadAgain_MakeTheSameChoice()
    {
        var command = new Command("worker");
        var options = ValueOptions.AddTo(command);
        var words = WordsFor(3).SelectMany(word => (string[])[word.Key, word.Value]);

        Assert.Equal(WorkerOptions.SharedMemory(3), options.AddTo(new WorkerOptions(), command.Parse([.. words])).Memory);
    }

    private static Dictionary<string, string> WordsFor(int workers, params string[] said)
    {
        var command = new Command("up");
        var options = ValueOptions.AddSharedTo(command);
        string[] words = [.. options.ToArguments(command.Parse(said), workers)];
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
