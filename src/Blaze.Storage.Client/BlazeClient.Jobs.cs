using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Following;
using Blaze.Storage.Client.Telemetry;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Core.Telemetry;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    private const int LongestIdempotencyKey = 256;

    /// <summary>
    /// Submits a job. Only its question is recorded here; a worker finds the sources and plans it, so this process needs no access to
    /// them.
    /// </summary>
    /// <param name="spec">The question.</param>
    /// <param name="priority">−100 … 100, higher first; 0 is usual.</param>
    /// <exception cref="BlazeException">The question cannot be answered whatever the sources hold; nothing was submitted.</exception>
    public Task<Job> SubmitAsync(JobSpec spec, int priority = 0, CancellationToken cancellationToken = default) =>
        SubmitAsync(spec, new SubmitOptions { Priority = priority }, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(JobSpec, int, CancellationToken)"/>
    /// <param name="options">How it is submitted.</param>
    /// <exception cref="SubmissionException">The options do not allow it; nothing was submitted.</exception>
    public async Task<Job> SubmitAsync(JobSpec spec, SubmitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        JobSpecCheck.Check(spec, options.Priority);
        var id = IdOf(spec, options);
        using var span = Spans.Submit(id, spec.Op);
        spec = spec with { Trace = TraceContext.Current };
        var recipe = new PlanRecipe(spec).ToBytes();
        var root = new TaskAddition($"PLAN-{RandomNumberGenerator.GetHexString(32, lowercase: true)}", recipe, [], Cost: 1, Bytes: 0);
        var text = JsonSerializer.Serialize(spec, JobJson.Default.JobSpec);
        var submission = new JobSubmission(id, text, options.Priority, root)
        {
            Owner = spec.Owner,
            MaxRunning = options.MaxRunning,
            SharedRoots = SharedPlans.KeysOf(spec),
        };
        var status = await _center.Tasks.SubmitAsync(submission, cancellationToken).ConfigureAwait(false);
        if (status == ScriptStatus.TooMany)
            throw new SubmissionException(SubmissionErrorKind.TooManyRunning, $"{options.MaxRunning} jobs of '{spec.Owner ?? "this center"}' are running, which is as many as may be: wait until some have ended.");
        if (status < 0)
            throw new BlazeException($"The center at {_center.Address} refused the job ({status}).");
        if (status == ScriptStatus.AlreadyDone && options.IdempotencyKey is not null)
            await CheckSameAsync(id, spec, options, cancellationToken).ConfigureAwait(false);
        return new Job(id, _view, _options, _options.TimeProvider.GetTimestamp());
    }

    /// <summary>A job's record; null where there is none (any more).</summary>
    public async Task<JobInfo?> GetJobAsync(string jobId, CancellationToken cancellationToken = default)
    {
        var record = await _center.Jobs.GetAsync(jobId, cancellationToken).ConfigureAwait(false);
        return record is null ? null : JobRecords.Read(record);
    }

    /// <summary>The recorded jobs, newest first.</summary>
    /// <param name="max">At most how many.</param>
    public async Task<IReadOnlyList<JobInfo>> ListJobsAsync(int max = 1000, CancellationToken cancellationToken = default)
    {
        var records = await _center.Jobs.ListAsync(max, cancellationToken).ConfigureAwait(false);
        return [.. records.Select(JobRecords.Read)];
    }

    /// <summary>A page of the recorded jobs, newest first. What is submitted between two pages does not show in the second.</summary>
    /// <exception cref="BlazeException">The cursor is none that a page had.</exception>
    public async Task<JobPage> ListJobsAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var state = query.State is { } wanted ? Enum.Parse<Center.Jobs.JobState>(wanted.ToString()) : (Center.Jobs.JobState?)null;
        var (records, next) = await _center.Jobs.PageAsync(query.Cursor, query.Max, state, query.Owner, cancellationToken).ConfigureAwait(false);
        return new JobPage([.. records.Select(JobRecords.Read)], next);
    }

    // The same owner's same word is the same job, so every client finds it without a record of its own.
    private static string IdOf(JobSpec spec, SubmitOptions options)
    {
        if (options.IdempotencyKey is not { } key)
            return RandomNumberGenerator.GetHexString(16, lowercase: true);
        if (key.Length is 0 or > LongestIdempotencyKey)
            throw new BlazeException($"An idempotency key has 1 to {LongestIdempotencyKey} characters.");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{spec.Owner}\n{key}")).AsSpan(0, 16));
    }

    // Nobody asks again within the same trace.
    private static string QuestionOf(JobSpec spec) => JsonSerializer.Serialize(spec with { Trace = null }, JobJson.Default.JobSpec);

    private async Task CheckSameAsync(string id, JobSpec spec, SubmitOptions options, CancellationToken cancellationToken)
    {
        var there = await _center.Jobs.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (there is not null && (QuestionOf(JobRecords.SpecOf(there)) != QuestionOf(spec) || there.Priority != options.Priority))
            throw new SubmissionException(SubmissionErrorKind.KeyInUse, $"The idempotency key was used for another question, whose job is {id}: use a new key for each question.");
    }
}
