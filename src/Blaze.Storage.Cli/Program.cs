using System.CommandLine;

namespace Blaze.Storage.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) => BlazeCommandLine.RunAsync(args, [], Console.Out, Console.Error);
}
