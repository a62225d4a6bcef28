using System.CommandLine;
using Blaze.Storage.Cli.Cluster;

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

    private OfferOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static OfferOptions AddTo(Command command)
    {
        var options = new OfferOptions();
        command.Options.Add(options._packages);
        command.Options.Add(options._tags);
        command.Options.Add(options._code);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    public OfferChoice Read(ParseResult parsed) => new(parsed.GetValue(_packages) ?? [], parsed.GetValue(_tags) ?? [], parsed.GetValue(_code));
}

/// <summary>What a worker offers to those who call functions.</summary>
/// <param name="Packages">Folders of op packages.</param>
/// <param name="Tags">What it has.</param>
/// <param name="AllowsCode">Whether it runs shipped code.</param>
internal sealed record OfferChoice(IReadOnlyList<string> Packages, IReadOnlyList<string> Tags, bool AllowsCode)
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
    ];
}
