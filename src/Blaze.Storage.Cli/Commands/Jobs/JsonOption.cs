using System.CommandLine;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary>The option that turns lists into JSON.</summary>
internal static class JsonOption
{
    public static Option<bool> AddTo(Command command)
    {
        var option = new Option<bool>("--json") { Description = "Print JSON, one object per line." };
        command.Options.Add(option);
        return option;
    }
}
