using System.CommandLine;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench</c>: how fast Blaze.Storage is on this machine, beside plain programs.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal, string currentDirectory) =>
        new("bench", "Measure how fast this machine answers, beside plain programs that do the same.")
        {
            BenchKernelsCommand.Create(terminal), BenchHistCommand.Create(terminal), BenchStoreCommand.Create(terminal, currentDirectory),
            BenchTasksCommand.Create(terminal), BenchSdkCommand.Create(terminal), BenchApiCommand.Create(terminal),
        };
}
