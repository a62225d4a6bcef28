using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary><c>blaze job ID</c>: all that the center knows of one job.</summary>
internal static class JobCommand
{
    private const string Lesson =
        """
        Examples:
          blaze job 5f0c2a7be1d94c33            its question, progress and failure
          blaze job 5f0c2a7be1d94c33 --json     as one JSON object

        """;

    public static Command Create(CommandServices services)
    {
        var id = JobIdArgument.Create();
        var command = new TaughtCommand("job", "Show one job.", Lesson) { id };
        var options = ClusterOptions.AddTo(command, mayEmbed: false);
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            var job = await FindAsync(cluster, parsed.GetRequiredValue(id), cancellationToken);
            if (parsed.GetValue(json))
                JobLines.Write(services.Terminal.Results, writer => JobLines.WriteJob(writer, job));
            else
                WriteText(services, job, parsed.GetValue<bool>("--verbose"));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>A job that has to be there.</summary>
    /// <exception cref="BlazeException">There is none.</exception>
    public static async Task<JobInfo> FindAsync(ICluster cluster, string id, CancellationToken cancellationToken) =>
        await cluster.FindJobAsync(id, cancellationToken)
        ?? throw new BlazeException($"There is no job '{id}' on this center (any more); `blaze jobs` lists those there are.");

    private static void WriteText(CommandServices services, JobInfo job, bool verbose)
    {
        using var text = services.Terminal.OpenText();
        foreach (var (name, value) in Lines(job, verbose, services.Time.GetUtcNow()))
            text.WriteLine($"{name,-10} {value}");
    }

    private static IEnumerable<(string Name, string Value)> Lines(JobInfo job, bool verbose, DateTimeOffset now)
    {
        yield return ("job", job.Id);
        yield return ("state", JobStateName.Of(job.State));
        yield return ("op", job.Spec.Op);
        foreach (var (parameter, value) in job.Detail?.Parameters ?? job.Spec.Parameters)
            yield return (parameter, value);
        foreach (var source in job.Spec.Sources)
            yield return ("source", source);
        if (job.Detail is { } detail)
        {
            yield return ("files", Text(detail.Sources.Count));
            yield return ("range", $"{Text(detail.Start)}:{Text(detail.End)}");
        }

        yield return ("priority", Text(job.Priority));
        yield return ("created", $"{job.Created.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} ({Units.Duration(now - job.Created)} ago)");
        yield return ("took", Units.Duration((job.Ended ?? now) - job.Created));
        yield return ("progress", Units.Percent(JobsCommand.Progress(job)));
        yield return ("blocks", $"{Text(job.Blocks.Total)} total, {Text(job.Blocks.Cached)} cached, {Text(job.Blocks.Computed)} computed");
        yield return ("bytes", $"{Text(job.Bytes.Total)} total, {Text(job.Bytes.Read)} read, {Text(job.Bytes.Cached)} cached");
        if (job.Error is not { } error)
            yield break;
        yield return ("error", error.Message);
        if (error.Task is { } task)
            yield return ("task", task);
        if (error.Worker is { } worker)
            yield return ("worker", worker);
        if (verbose && error.Stack is { } stack)
            yield return ("stack", stack);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
