using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;

namespace Blaze.Storage.Api.Jobs;

/// <summary>Looks at jobs for the endpoints.</summary>
internal sealed class JobReader(BlazeClient client, TimeProvider time)
{
    /// <summary>The record of a job.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<JobInfo> GetAsync(string id, CancellationToken cancellationToken) =>
        await client.GetJobAsync(id, cancellationToken) ?? throw NoSuchJob(id);

    /// <summary>What is known of a job just now; null where it is done but its value is gone.</summary>
    /// <exception cref="ProblemException">There is no such job.</exception>
    public async Task<JobSnapshot?> LookAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in client.Attach(id).FollowAsync(cancellationToken))
                return snapshot;
        }
        catch (ValueGoneException)
        {
            return null;
        }
        catch (NoSuchJobException)
        {
            throw NoSuchJob(id);
        }

        throw new InvalidOperationException("A job has at least one snapshot.");
    }

    /// <summary>Returns when a job has ended, with what is known of it then, or after a time, with nothing.</summary>
    public async Task<JobSnapshot?> WaitAsync(string id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return null;
        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await client.Attach(id).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The caller is told how the job stands.
            return null;
        }
        catch (ValueGoneException)
        {
            // It has ended, which is all that was waited for.
            return null;
        }
        catch (NoSuchJobException)
        {
            throw NoSuchJob(id);
        }
    }

    private static ProblemException NoSuchJob(string id) => new(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id");
}
