using System.CommandLine;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary><c>blaze jobs</c>: the jobs the center remembers, newest first.</summary>
internal static class JobsCommand
{
    private const string Lesson =
        """
        Examples:
          blaze jobs                                        the jobs of the running cluster
          blaze jobs --json | grep '"state":"failed"'       one JSON object per line

        """;

    public static Command Create(CommandServices services)
    {
        var command = new TaughtCommand("jobs", "List the center's jobs, newest first.", Lesson);
        var options = ClusterOptions.AddTo(command, mayEmbed: false);
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            var jobs = await cluster.JobsAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var job in jobs)
                    JobLines.Write(services.Terminal.Results, writer => JobLines.WriteJob(writer, job));
            }
            else
            {
                using var text = services.Terminal.OpenText();
                var now = services.Time.GetUtcNow();
                TextTable.Write(text, ["JOB", "STATE", "OP", "PROGRESS", "AGE", "SOURCES"], [.. jobs.Select(job => Row(job, now))]);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The share of a job's bytes that is finished, 0 … 1.</summary>
    public static double Progress(JobInfo job) => job.State == JobState.Done ? 1
        : job.Bytes.Total > 0 ? (double)(job.Bytes.Cached + job.Bytes.Computed) / job.Bytes.Total : 0;

    private static string[] Row(JobInfo job, DateTimeOffset now) =>
    [
        job.Id,
        JobStateName.Of(job.State),
        job.Spec.Op,
        Units.Percent(Progress(job)),
        Units.Duration(now - job.Created),
        job.Spec.Sources.Count <= 2 ? string.Join(' ', job.Spec.Sources) : $"{job.Spec.Sources[0]} and {job.Spec.Sources.Count - 1} more",
    ];
}
