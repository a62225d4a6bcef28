using System.CommandLine;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options about what workers offer to those who call functions, the same for every command that is one or starts some.</summary>
internal sealed class OfferOptions
{
    private readonly Option<string[]> _packages = new(OfferChoice.Package)
    {
        Description = "A folder of assemblies whose operations workers offer; may be given several times.",
        HelpName = "FOLDER",
    };

    private readonly Option<string[]> _tags = new(OfferChoice.Tag)
    {
        Description = "What workers have, for calls that want it: #gpu. May be given several times.",
        HelpName = "#NAME",
    };

    private readonly Option<bool> _code = new(OfferChoice.AllowCode)
    {
        Description = $"Run functions that clients ship, when they are signed with the cluster key in {ClusterKeyVariable.Name}.",
    };

    private readonly ResourceOption _resources;

    private OfferOptions(ResourceOption resources) => _resources = resources;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="whose">Whose the resources are, as the beginning of a sentence.</param>
    public static OfferOptions AddTo(Command command, string whose)
    {
        var options = new OfferOptions(ResourceOption.AddTo(command, $"{whose} for calls that take of it: gpu=2, or memory=8Gi for other memory than --memory says. May be given several times. Default: BLAZE_RESOURCES."));
        command.Options.Add(options._packages);
        command.Options.Add(options._tags);
        command.Options.Add(options._code);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    public OfferChoice Read(ParseResult parsed) => new(parsed.GetValue(_packages) ?? [], parsed.GetValue(_tags) ?? [], parsed.GetValue(_code), _resources.Read(parsed));
}

/// <summary>What a worker offers to those who call functions.</summary>
/// <param name="Packages">Folders of op packages.</param>
/// <param name="Tags">What it has.</param>
/// <param name="AllowsCode">Whether it runs shipped code.</param>
/// <param name="Resources">How much of which resource it has; null where the environment says it.</param>
internal sealed record OfferChoice(IReadOnlyList<string> Packages, IReadOnlyList<string> Tags, bool AllowsCode, ResourceAmounts? Resources)
{
    /// <summary>The option of packages.</summary>
    public const string Package = "--ops";

    /// <summary>The option of tags.</summary>
    public const string Tag = "--tag";

    /// <summary>The option of shipped code.</summary>
    public const string AllowCode = "--allow-code";

    /// <summary>The words that make the same choice on another command line.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Packages.SelectMany(folder => (string[])[Package, folder]),
        .. Tags.SelectMany(tag => (string[])[Tag, tag]),
        .. AllowsCode ? [AllowCode] : (string[])[],
        .. Resources is null ? [] : (string[])[ResourceOption.Name, Resources.ToString()],
    ];

    /// <summary>The words that make the choice of one of several workers, who divide the resources among them.</summary>
    /// <param name="number">Which of them, from 0.</param>
    /// <param name="workers">How many they are.</param>
    /// <param name="usual">What all have together where nothing was said.</param>
    public IEnumerable<string> ToArgumentsOf(int number, int workers, ResourceAmounts usual)
    {
        var all = Resources ?? usual;
        var share = all.Share(number, workers);
        // What is not named would be read from the environment, which speaks of all of them.
        var words = all.Items.Select(item => ResourceText.Of(item.Key, share[item.Key]));
        return (this with { Resources = null }).ToArguments().Concat(all.IsNone ? [] : [ResourceOption.Name, string.Join(',', words)]);
    }
}
