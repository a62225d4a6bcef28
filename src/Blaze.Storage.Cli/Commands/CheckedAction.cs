using System.CommandLine;
using System.CommandLine.Parsing;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Commands;

/// <summary>Runs a command's action unless its command line turns out to be wrong.</summary>
internal static class CheckedAction
{
    /// <summary>Makes the command run an action, which may throw <see cref="UsageException"/> before it starts anything.</summary>
    public static void Set(Command command, CommandServices services, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                RefuseUnknownOptions(parsed);
                return await action(parsed, cancellationToken);
            }
            catch (UsageException problem)
            {
                await services.Terminal.Error.WriteLineAsync(Sentence.Of(problem.Message));
                return ExitCodes.BadUsage;
            }
        });

    // The parser takes any word for an argument where a command takes several, a mistyped option too.
    private static void RefuseUnknownOptions(ParseResult parsed)
    {
        var tokens = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToArray();
        var valued = parsed.CommandResult.Command.Options.Where(option => option.Arity.MinimumNumberOfValues > 0).Select(option => option.Name).ToHashSet();
        for (var i = 0; i < tokens.Length; i++)
        {
            var isValue = i > 0 && tokens[i - 1].Type == TokenType.Option && valued.Contains(tokens[i - 1].Value);
            if (tokens[i].Type == TokenType.Argument && !isValue && tokens[i].Value is ['-', _, ..] word)
            {
                throw new UsageException(
                    $"There is no option '{word}' here; `blaze {parsed.CommandResult.Command.Name} --help` lists them, and a file of that name goes after --.");
            }
        }
    }
}
