using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Blaze.Storage.Cli.Commands.Help;

/// <summary>Help that goes on after the list of options: with the command's lesson and the exit codes.</summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private const string Footer =
        """
        Exit codes:
          0 done   1 failed   2 bad usage   3 cancelled (Ctrl-C, SIGTERM or `blaze cancel`)

        """;

    private readonly SynchronousCommandLineAction _list;

    private TeachingHelp(SynchronousCommandLineAction list) => _list = list;

    /// <summary>Whoever asks for help need not have got the rest right.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Makes the help of a command and of all below it teach.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new TeachingHelp((SynchronousCommandLineAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = _list.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is TaughtCommand taught)
            output.WriteLine(taught.Lesson);
        output.WriteLine(Footer);
        return code;
    }
}
