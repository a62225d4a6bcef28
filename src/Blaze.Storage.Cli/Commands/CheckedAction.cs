using System.CommandLine;
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
                if (UnknownOption.In(parsed) is { } unknown)
                    throw new UsageException(unknown);
                return await action(parsed, cancellationToken);
            }
            catch (UsageException failure)
            {
                await services.Terminal.Error.WriteLineAsync(Sentence.Of(failure.Message));
                return ExitCodes.BadUsage;
            }
        });
}
