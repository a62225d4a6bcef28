using System.CommandLine;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench</c>: how fast Blaze.Storage is on this machine, beside plain C.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal) =>
        new("bench", "Measure how fast this machine answers, beside plain C loops.") { BenchKernelsCommand.Create(terminal), BenchHistCommand.Create(terminal) };
}
