using Blaze.Storage.Cli.Commands;

namespace Blaze.Storage.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var time = TimeProvider.System;
        return BlazeCommandLine.RunAsync(args, [UpCommand.Create(time), DownCommand.Create(time)], Console.Out, Console.Error);
    }
}
