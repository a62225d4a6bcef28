using System.CommandLine;
using System.CommandLine.Parsing;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores.Sources;
using Blaze.Storage.Core.Operations.Catalog;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>The options and checks that all questions share. Whatever can be known to be wrong is refused before anything starts.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<string?> _range = new("--range")
    {
        Description = "Only the bytes START (inclusive) to END (exclusive) of each source; either may be left out. Bytes, or with Ki, Mi, Gi, Ti.",
        HelpName = "START:END",
    };

    private readonly Option<bool> _each = new("--each") { Description = "Answer for every file by itself instead of all together." };

    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as one line of JSON." };

    private readonly string _op;
    private readonly string _currentDirectory;
    private readonly Func<SymbolResult, IReadOnlyDictionary<string, string>> _parameters;
    private readonly Func<SymbolResult, string[]> _sources;
    private readonly ClusterOptions _cluster;

    private QuestionOptions(
        Command command,
        string op,
        string currentDirectory,
        Func<SymbolResult, string[]> sources,
        Func<SymbolResult, IReadOnlyDictionary<string, string>> parameters,
        bool mayBeSeveral)
    {
        _op = op;
        _currentDirectory = currentDirectory;
        _sources = sources;
        _parameters = parameters;
        _range.Validators.Add(CheckRange);
        command.Options.Add(_range);
        if (mayBeSeveral)
            command.Options.Add(_each);
        command.Options.Add(_json);
        _cluster = ClusterOptions.AddTo(command, mayEmbed: true);
    }

    /// <summary>Adds the options to a command and makes it ask its question.</summary>
    /// <param name="command">The command, with its own options and arguments.</param>
    /// <param name="op">The operation's name.</param>
    /// <param name="services">What the command needs of the world.</param>
    /// <param name="sources">The sources named on a command line.</param>
    /// <param name="parameters">The operation's parameters given on a command line.</param>
    /// <param name="mayBeSeveral">Whether the sources may be questions of their own.</param>
    public static void AddTo(
        Command command,
        string op,
        CommandServices services,
        Func<SymbolResult, string[]> sources,
        Func<SymbolResult, IReadOnlyDictionary<string, string>> parameters,
        bool mayBeSeveral)
    {
        var options = new QuestionOptions(command, op, services.CurrentDirectory, sources, parameters, mayBeSeveral);
        CheckedAction.Set(command, services, (parsed, cancellationToken) => new QuestionRunner(services).RunAsync(options.Read(parsed), cancellationToken));
    }

    private Question Read(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        var parameters = _parameters(result);
        var range = parsed.GetValue(_range) is { } text && AskedRange.TryParse(text, out var asked, out _) ? asked : AskedRange.Whole;
        return new Question(
            _op,
            parameters,
            Check(parameters, _sources(result)),
            range,
            parsed.GetValue(_each),
            parsed.GetValue(_json),
            parsed.GetValue<bool>("--verbose"),
            _cluster.Read(parsed));
    }

    private static void CheckRange(OptionResult result)
    {
        if (!AskedRange.TryParse(result.GetValueOrDefault<string>() ?? "", out _, out var problem))
            result.AddError(problem);
    }

    // Whatever is wrong whoever answers, and whatever the files hold.
    private string[] Check(IReadOnlyDictionary<string, string> parameters, IEnumerable<string> sources)
    {
        try
        {
            // Without a dtype the files' headers give it, which only a worker reads.
            if (_op != "STAT" || parameters.ContainsKey("dtype"))
                OperationCatalog.Create(_op, parameters);
            return [.. sources.Select(source => SourcePattern.Parse(source, _currentDirectory).Text)];
        }
        catch (BlazeException failure)
        {
            throw new UsageException(failure.Message, failure);
        }
    }
}
