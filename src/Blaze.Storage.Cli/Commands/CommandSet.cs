using System.CommandLine;
using Blaze.Storage.Cli.Commands.Files;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Commands.Questions;

namespace Blaze.Storage.Cli.Commands;

/// <summary>The verbs that ask questions and look after jobs, in the order help lists them.</summary>
internal static class CommandSet
{
    public static IReadOnlyList<Command> Create(CommandServices services) =>
    [
        HistCommand.Create(services),
        EntCommand.Create(services),
        DiffCommand.Create(services),
        StatCommand.Create(services),
        LsCommand.Create(services),
        CpCommand.Create(services),
        RunCommand.Create(services),
        JobsCommand.Create(services),
        JobCommand.Create(services),
        CancelCommand.Create(services),
        WorkersCommand.Create(services),
        KeysCommand.Create(services),
    ];
}
