using System.CommandLine;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The option that counts resources: of a worker, what it has; of a call, what it takes.</summary>
internal sealed class ResourceOption
{
    /// <summary>Its name.</summary>
    public const string Name = "--resource";

    private readonly Option<string[]> _option;

    private ResourceOption(string description)
    {
        _option = new Option<string[]>(Name) { Description = description, HelpName = "NAME=N" };
        _option.Validators.Add(result =>
        {
            if (!ResourceText.TryParse(string.Join(',', result.Tokens.Select(token => token.Value)), out _, out var problem))
                result.AddError($"{Name}: {problem}.");
        });
    }

    /// <summary>Adds the option to a command.</summary>
    public static ResourceOption AddTo(Command command, string description)
    {
        var option = new ResourceOption(description);
        command.Options.Add(option._option);
        return option;
    }

    /// <summary>What a command line said; null where it said nothing.</summary>
    public ResourceAmounts? Read(ParseResult parsed) =>
        parsed.GetValue(_option) is { Length: > 0 } words && ResourceText.TryParse(string.Join(',', words), out var amounts, out _) ? amounts : null;
}
