using System.CommandLine;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary><c>blaze cancel ID</c>: ends a job.</summary>
internal static class CancelCommand
{
    private const string Lesson =
        """
        Examples:
          blaze cancel 5f0c2a7be1d94c33     whoever waits for that job is told so

          Chunks that were finished stay cached. A job that has ended stays as it ended, and
          cancelling it is no error.

        """;

    public static Command Create(CommandServices services)
    {
        var id = JobIdArgument.Create();
        var command = new TaughtCommand("cancel", "Cancel a job.", Lesson) { id };
        var options = ClusterOptions.AddTo(command, mayEmbed: false);
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            var jobId = parsed.GetRequiredValue(id);
            var cancelled = await cluster.CancelAsync(jobId, cancellationToken);
            var job = await JobCommand.FindAsync(cluster, jobId, cancellationToken);
            if (parsed.GetValue(json))
            {
                JobLines.Write(services.Terminal.Results, writer => JobLines.WriteJob(writer, job));
                return ExitCodes.Done;
            }

            using var text = services.Terminal.OpenText();
            text.WriteLine(cancelled ? $"The job {jobId} is cancelled." : $"The job {jobId} had ended: {JobStateName.Of(job.State)}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
