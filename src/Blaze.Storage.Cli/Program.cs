using System.CommandLine;
using System.Text;
using Blaze.Storage.Cli.Bench;
using Blaze.Storage.Cli.Commands;
using Blaze.Storage.Cli.Commands.Files.Copying;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli;

internal static class Program
{
    private const string SpinLimit = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";
    private const string SpinLimitVariable = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    private static async Task<int> Main(string[] args)
    {
        // The client of this benchmark stands for a program of its own, which has the runtime's setting and not the one for what reads data
        // (see the project file). The pool looks once, when its first thread starts.
        if (args is ["bench", "tasks", ..] && Environment.GetEnvironmentVariable(SpinLimitVariable) is null)
            AppContext.SetData(SpinLimit, 70);
        Console.SetOut(Writer(new ResultStream(Console.OpenStandardOutput())));
        Console.SetError(Writer(new ReportStream(Console.OpenStandardError())));
        if (CurrentDirectory() is not { } currentDirectory)
        {
            await Console.Error.WriteLineAsync("blaze: The current directory is gone or may not be looked at; change to another one.");
            return ExitCodes.Failed;
        }

        var time = TimeProvider.System;
        var terminal = Terminal.OfProcess();
        var stores = new Lazy<ObjectStoreRegistry>(() => Stores.Create(StoreSettings.OfProcess()));
        var services = new CommandServices(
            (choice, cancellationToken) => ClusterSession.OpenAsync(choice, terminal.Error, cancellationToken),
            (source, cancellationToken) => stores.Value.ExpandAsync(source, cancellationToken),
            terminal,
            time,
            currentDirectory,
            stores,
            CopyJournals.DefaultFolder);
        IReadOnlyList<Command> commands =
            [.. CommandSet.Create(services), UpCommand.Create(time), DownCommand.Create(time), WorkerCommand.Create(), KeyCommand.Create(), ApiCommand.Create(), HealthCommand.Create(), BenchCommand.Create(terminal, currentDirectory)];
        try
        {
            using var telemetry = Telemetry.Start();
            return await BlazeCommandLine.RunAsync(args, commands, Console.Out, Console.Error);
        }
        catch (UsageException problem)
        {
            await Console.Error.WriteLineAsync(Sentence.Of(problem.Message));
            return ExitCodes.BadUsage;
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    private static string? CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
