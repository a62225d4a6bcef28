using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Telemetry;

namespace Blaze.Storage.Worker.Tests.Telemetry;

public sealed class WorkerMetricsTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void Hooks_WithNobodyListening_AllocateNothing()
    {
        LeaseAnswer[] answers = [LeaseAnswer.Renewed, LeaseAnswer.Lost];
        var outcome = new TaskOutcome.Stopped();
        Run(answers, outcome);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            Run(answers, outcome);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("""{"kind":"chunk","extent":{}}""", "chunk")]
    [InlineData("""{"kind":"call","op":"inc"}""", "call")]
    [InlineData("""{"kind":"plan"}""", "plan")]
    [InlineData("""{"kind":"expand"}""", "expand")]
    [InlineData("""{"kind":"merge"}""", "merge")]
    [InlineData("""{"kind":"dance"}""", "other")]
    [InlineData("", "other")]
    public void TaskKind_OfARecipe_IsWhatItSaysFirst(string recipe, string kind) => Assert.Equal(kind, TaskKind.Of(System.Text.Encoding.UTF8.GetBytes(recipe)));

    private static void Run(IReadOnlyList<LeaseAnswer> answers, TaskOutcome outcome)
    {
        if (TaskTelemetry.IsWanted || TraceContext.Current is not null)
            WorkerMetrics.Ended("chunk", outcome, 1);
        WorkerMetrics.Ended("chunk", outcome, 1);
        WorkerMetrics.Claimed(1);
        WorkerMetrics.Cached();
        WorkerMetrics.Running(1);
        WorkerMetrics.Renewed(answers);
    }
}
