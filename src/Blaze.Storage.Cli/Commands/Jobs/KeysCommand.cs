using System.CommandLine;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary><c>blaze keys PREFIX</c>: the names of cached chunks.</summary>
internal static class KeysCommand
{
    private const string Lesson =
        """
        Examples:
          blaze keys HIST                                        every cached chunk of histograms
          blaze keys ENT_0f4d9c1e2b3a4d5c6e7f8091a2b3c4d5        those of one file
          blaze keys HIST-n2 --json                              one JSON object per line

          A key is <op>_<hash of the file's version>.<start>_<end>.

        """;

    public static Command Create(CommandServices services)
    {
        var prefix = new Argument<string>("PREFIX") { Description = "How the keys begin: at least the operation, for example HIST." };
        prefix.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                result.AddError("The prefix is empty; give at least an operation, for example HIST.");
        });
        var command = new TaughtCommand("keys", "List the chunks in the center's cache by the beginning of their names.", Lesson) { prefix };
        var options = ClusterOptions.AddTo(command, mayEmbed: false);
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            using var text = services.Terminal.OpenText();
            await foreach (var key in cluster.KeysAsync(parsed.GetRequiredValue(prefix), cancellationToken))
            {
                if (parsed.GetValue(json))
                    JobLines.Write(services.Terminal.Results, writer => writer.WriteString("key", key));
                else
                    await text.WriteLineAsync(key);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
