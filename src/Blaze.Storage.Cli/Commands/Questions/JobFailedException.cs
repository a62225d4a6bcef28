using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>A job failed; as text it also tells where, and with which stack.</summary>
internal sealed class JobFailedException(string jobId, JobError? error)
    : BlazeException(error?.Message ?? $"The job {jobId} failed and its record does not say why; look at the workers' logs.")
{
    /// <inheritdoc/>
    public override string ToString() => error is null
        ? $"blaze: {Message}"
        : $"blaze: {error.Type}: {error.Message}\n  job {jobId}, task {error.Task ?? "unknown"}, worker {error.Worker ?? "unknown"}\n{error.Stack ?? "  (no stack was recorded)"}";
}
