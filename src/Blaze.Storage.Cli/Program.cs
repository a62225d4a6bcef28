using System.CommandLine;
using Blaze.Storage.Cli.Bench;
using Blaze.Storage.Cli.Commands;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var time = TimeProvider.System;
        var stores = Stores.Create();
        var services = new CommandServices(ClusterSession.OpenAsync, stores.ExpandAsync, Terminal.OfProcess(), time, Environment.CurrentDirectory);
        IReadOnlyList<Command> commands =
            [.. CommandSet.Create(services), UpCommand.Create(time), DownCommand.Create(time), WorkerCommand.Create(), BenchCommand.Create(services.Terminal)];
        return BlazeCommandLine.RunAsync(args, commands, Console.Out, Console.Error);
    }
}
