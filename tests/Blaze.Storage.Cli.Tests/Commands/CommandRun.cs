using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Blaze.Storage.Cli.Commands;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Spectre.Console;

namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>Runs command lines against a cluster that a test made up.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Writers of memory hold nothing to release.")]
internal sealed class CommandRun
{
    private readonly MemoryStream _results = new();
    private readonly StringWriter _help = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly StringWriter _screen = new() { NewLine = "\n" };
    private readonly bool _live;

    public CommandRun(Func<JobSpec, JobSnapshot?>? answer = null, bool live = false)
    {
        Cluster = new FakeCluster(answer ?? (_ => Output.Samples.Histogram((0, 512))));
        _live = live;
    }

    public FakeCluster Cluster { get; }

    public List<ClusterChoice> Opened { get; } = [];

    public Dictionary<string, string[]> Files { get; } = [];

    /// <summary>What relative paths start from.</summary>
    public string Folder { get; init; } = "/here";

    /// <summary>The clock of the commands.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What files are read from and copied to, in place of <see cref="Files"/>.</summary>
    public ObjectStoreRegistry? Stores { get; init; }

    public string Results => Encoding.UTF8.GetString(_results.ToArray());

    public string Help => _help.ToString();

    public string Error => _error.ToString();

    public string Screen => _screen.ToString();

    /// <summary>Runs a command line as the program does, all but the signals.</summary>
    public Task<int> RunAsync(params string[] args) => BlazeCommandLine.RunAsync(args, CommandSet.Create(Services()), _help, _error);

    /// <summary>What the commands are given.</summary>
    public CommandServices Services() => new(
        (choice, _) =>
        {
            Opened.Add(choice);
            return Task.FromResult<ICluster>(Cluster);
        },
        Stores is null ? Expand : Stores.ExpandAsync,
        new Terminal(_results, _error, _live ? LiveConsole() : null, unicode: true),
        Time,
        Folder,
        new Lazy<ObjectStoreRegistry>(() => Stores ?? new ObjectStoreRegistry()),
        Path.Combine(Folder, "copies"));

    private IAnsiConsole LiveConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_screen),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = 80;
        console.Profile.Height = 24;
        return console;
    }

    private async IAsyncEnumerable<ResourceInfo> Expand(SourcePattern source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!Files.TryGetValue(source.Text, out var names))
            throw new ObjectStoreException(ObjectStoreErrorKind.NotFound, $"There is no '{source.Text}'.");
        foreach (var name in names)
            yield return new ResourceInfo(ResourceUri.Parse(name), 1, "v1");
    }
}
