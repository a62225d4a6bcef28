using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Results;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>
/// Asks a question, shows how the answer comes about, and writes it. When the user stops the command, or answers cannot be written,
/// the jobs it submitted are cancelled.
/// </summary>
internal sealed class QuestionRunner(CommandServices services)
{
    // Enough to keep a cluster busy with small files while their answers are written in order.
    private const int JobsAhead = 32;

    private static readonly TimeSpan CancelDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="BlazeException">The only job failed, or the cluster did.</exception>
    public async Task<int> RunAsync(Question question, CancellationToken cancellationToken)
    {
        await using var cluster = await services.Open(question.Cluster, cancellationToken);
        var pending = new Queue<string>();
        try
        {
            return question.Each
                ? await AnswerEachAsync(cluster, question, pending, cancellationToken)
                : await AnswerAllAsync(cluster, question, pending, cancellationToken);
        }
        catch (Exception end) when (end is ResultNotWrittenException || (end is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            await CancelAsync(cluster, pending);
            throw;
        }
    }

    private async Task<int> AnswerAllAsync(ICluster cluster, Question question, Queue<string> pending, CancellationToken cancellationToken)
    {
        pending.Enqueue(await cluster.SubmitAsync(question.SpecOf(question.Sources), cancellationToken));
        return await AnswerNextAsync(cluster, question, pending, cancellationToken);
    }

    private async Task<int> AnswerEachAsync(ICluster cluster, Question question, Queue<string> pending, CancellationToken cancellationToken)
    {
        var worst = ExitCodes.Done;
        await using var sources = new EachSource(services.Expand, question.Sources).Uris(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = true;
        while (more || pending.Count > 0)
        {
            try
            {
                if (more && pending.Count < JobsAhead)
                {
                    more = await sources.MoveNextAsync();
                    if (more)
                        pending.Enqueue(await cluster.SubmitAsync(question.SpecOf([sources.Current.Uri]), cancellationToken));
                }
                else
                {
                    worst = Worse(worst, await AnswerNextAsync(cluster, question, pending, cancellationToken));
                }
            }
            catch (BlazeException failure) when (failure is JobFailedException or SourceMissingException)
            {
                await services.Terminal.Error.WriteLineAsync(question.Verbose ? failure.ToString() : Sentence.Of(failure.Message));
                worst = Worse(worst, ExitCodes.Failed);
            }
        }

        return worst;
    }

    private async Task<int> AnswerNextAsync(ICluster cluster, Question question, Queue<string> pending, CancellationToken cancellationToken)
    {
        var terminal = services.Terminal;
        IJobView view = terminal.IsLive && !question.Json ? new LiveView(terminal, services.Time) : new PlainView(terminal, services.Time);
        var snapshot = await view.FollowAsync(cluster, pending.Peek(), cancellationToken);
        pending.Dequeue();
        switch (snapshot.State)
        {
            case JobState.Done:
                Write(snapshot, question, terminal);
                return ExitCodes.Done;
            case JobState.Cancelled:
                await terminal.Error.WriteLineAsync($"blaze: the job {snapshot.JobId} was cancelled.");
                return ExitCodes.Cancelled;
            default:
                throw new JobFailedException(snapshot.JobId, snapshot.Error);
        }
    }

    private static void Write(JobSnapshot snapshot, Question question, Terminal terminal)
    {
        if (question.Json)
        {
            ResultJson.Write(terminal.Results, snapshot);
            return;
        }

        // A live picture already shows the answer.
        if (terminal.IsLive)
            return;
        using var text = terminal.OpenText();
        if (terminal.Console is null)
            ResultText.Write(text, snapshot);
        else
            text.WriteLine(Frame.Draw(snapshot, 0, terminal.Style).ToText());
    }

    // The user's token is cancelled already: telling the cluster has a time of its own.
    private async Task CancelAsync(ICluster cluster, Queue<string> pending)
    {
        using var deadline = new CancellationTokenSource(CancelDeadline, services.Time);
        try
        {
            foreach (var job in pending)
                await cluster.CancelAsync(job, deadline.Token);
        }
        catch (Exception failure) when (failure is BlazeException or OperationCanceledException)
        {
            var reason = failure is BlazeException ? failure.Message : "the center did not answer.";
            await services.Terminal.Error.WriteLineAsync($"blaze: {pending.Count} jobs may go on without this command: {reason}");
        }
    }

    private static int Worse(int left, int right) =>
        left == ExitCodes.Cancelled || right == ExitCodes.Cancelled ? ExitCodes.Cancelled : Math.Max(left, right);
}
