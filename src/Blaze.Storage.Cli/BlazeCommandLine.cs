using System.CommandLine;
using Blaze.Storage.Cli.Commands;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli;

/// <summary>Parses a command line, runs the verb, and turns every outcome into an exit code and at most one sentence.</summary>
internal static class BlazeCommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the whole failure with its stack instead of one sentence.",
        Recursive = true,
    };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="commands">The verbs to choose from.</param>
    /// <param name="output">Where results and help go.</param>
    /// <param name="error">Where failures go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Command> commands, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Answers questions about big data where it lies.") { Verbose };
        foreach (var command in commands)
            root.Subcommands.Add(command);
        TeachingHelp.AddTo(root);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(Sentence.Of(Problem(parsed)));
            await error.WriteLineAsync("blaze: `blaze --help` lists the commands and their options.");
            return ExitCodes.BadUsage;
        }

        using var stop = new StopSignals(outlivesTerminal: parsed.CommandResult.Command.Name == UpCommand.Name);
        // The library's own handling would end the process after two seconds, in the middle of an orderly stop.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await error.WriteLineAsync("blaze: cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception failure)
        {
            await error.WriteLineAsync(Failure(failure, parsed.GetValue(Verbose)));
            return failure is UsageException ? ExitCodes.BadUsage : ExitCodes.Failed;
        }
    }

    // One mistake often counts as several: after a word that is no command, the command is missing as well.
    private static string Problem(ParseResult parsed) => UnknownOption.In(parsed) ?? (parsed.UnmatchedTokens is [var word, ..]
        ? $"There is no command, argument or option '{word}' here."
        : parsed.Errors[0].Message);

    private static string Failure(Exception failure, bool verbose) => (failure, verbose) switch
    {
        (_, true) => failure.ToString(),
        (BlazeException, _) => Sentence.Of(failure.Message),
        _ => Sentence.Of($"unexpected {failure.GetType().Name}: {failure.Message} (run again with --verbose for the whole story)"),
    };
}
