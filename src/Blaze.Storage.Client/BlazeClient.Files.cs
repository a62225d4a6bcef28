using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    /// <summary>
    /// The files that the sources of a question name, each once, as canonical URIs in the order of the sources and of their paths. A worker looks for them, so this process needs
    /// no access to them; it does so for a job of its own that asks about no byte, under the limits and for the owner of the question.
    /// </summary>
    /// <param name="spec">The question; what it asks about the files does not matter.</param>
    /// <param name="most">How many files there may be, 1 or more.</param>
    /// <param name="options">How the job is submitted. It is cancelled when the wait for it is.</param>
    /// <exception cref="SubmissionException">The options do not allow it.</exception>
    /// <exception cref="BlazeException">A source names nothing, or cannot be looked up, or there are too many files.</exception>
    public async Task<IReadOnlyList<string>> FindFilesAsync(JobSpec spec, int most, SubmitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var nothing = spec with { Op = new HistogramOperation(1).Name, Parameters = new Dictionary<string, string>(), Start = 0, End = 0 };
        cancellationToken.ThrowIfCancellationRequested();
        // Not given up half way: a job that is there although nobody knows its id could not be cancelled.
        var job = await SubmitAsync(nothing, options, CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<JobSource>? files = null;
        try
        {
            files = await FilesOfAsync(job, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (files is null || files.Count > most)
                await job.CancelAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return files.Count <= most
            ? [.. files.Select(file => file.Uri)]
            : throw new BlazeException($"The sources name {files.Count} files, and {most} are as many as there may be: name fewer.");
    }

    private static async Task<IReadOnlyList<JobSource>> FilesOfAsync(Job job, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in job.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot.Detail is { } detail)
                return detail.Sources;
            if (snapshot.IsTerminal)
                throw new BlazeException(snapshot.Error?.Message ?? $"The job {job.Id}, which looked for the files, was cancelled.");
        }

        throw new InvalidOperationException("A job's last snapshot ends it.");
    }
}
