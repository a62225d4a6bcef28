using System.CommandLine;
using System.Text;
using Blaze.Storage.Cli.Commands;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Cli.Tests.Commands;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Runs the real command line in this process: the real composition, with writers of memory instead of a terminal.</summary>
internal static class CommandRunner
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Progress is told once a second, and a slow machine must not add a line to a sentence.
    private static readonly TimeProvider NoSeconds = new TimeWithoutTimers();

    /// <summary>Runs a command line to its end; one that hangs fails the test.</summary>
    /// <param name="folder">What relative paths start from.</param>
    /// <param name="arguments">The arguments.</param>
    public static async Task<CommandOutcome> RunAsync(string folder, params string[] arguments)
    {
        using var results = new MemoryStream();
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(results, TextWriter.Synchronized(error), null, unicode: true);
        var stores = new Lazy<ObjectStoreRegistry>(() => Stores.Create(StoreSettings.OfProcess()));
        var services = new CommandServices(
            (choice, cancellationToken) => ClusterSession.OpenAsync(choice, terminal.Error, cancellationToken),
            (source, cancellationToken) => stores.Value.ExpandAsync(source, cancellationToken),
            terminal,
            NoSeconds,
            folder,
            stores,
            Path.Combine(folder, "copies"));
        IReadOnlyList<Command> commands =
            [.. CommandSet.Create(services), UpCommand.Create(NoSeconds), DownCommand.Create(NoSeconds), WorkerCommand.Create()];
        var exitCode = await BlazeCommandLine.RunAsync(arguments, commands, output, error).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return new CommandOutcome(string.Join(' ', arguments), exitCode, output + Encoding.UTF8.GetString(results.ToArray()), error.ToString());
    }
}
