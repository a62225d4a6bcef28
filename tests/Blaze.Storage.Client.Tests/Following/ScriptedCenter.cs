using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Client.Following;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Results;
using CenterJobState = Blaze.Storage.Center.Jobs.JobState;

namespace Blaze.Storage.Client.Tests.Following;

/// <summary>A center with one job, whose course a test writes down as what happens before the job is looked at the n-th time.</summary>
internal sealed class ScriptedCenter : ICenterView
{
    public const string JobId = "0123456789abcdef";
    private readonly Operation _operation;
    private readonly Dictionary<string, byte[]> _values = [];
    private readonly List<string> _feed = [];
    private readonly Dictionary<int, Action> _script = [];

    public ScriptedCenter(Operation operation)
    {
        _operation = operation;
        var spec = new JobSpec(operation.Name, OperationCatalog.ParametersOf(operation), ["file:///data"], null, null);
        Record = new JobRecord(
            JobId,
            JsonSerializer.Serialize(spec, JobJson.Default.JobSpec),
            CenterJobState.Running,
            RushingTime.Start,
            null,
            0,
            new JobProgress(0, 0, 0, 0, 0, 0, 0),
            "PLAN-0",
            null,
            null,
            null,
            0);
    }

    public event Action<string>? JobEnded;

    public CenterAddress Address { get; } = CenterAddress.Parse("redis://127.0.0.1:1/test");

    /// <summary>The job; null where there is none.</summary>
    public JobRecord? Record { get; set; }

    public bool IsDown { get; set; }

    public bool HasWorkers { get; set; } = true;

    public int Looks { get; private set; }

    public int FeedReads { get; private set; }

    /// <summary>Completes with the first look.</summary>
    public TaskCompletionSource Looked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedCenter At(int look, Action action)
    {
        _script.Add(look, action);
        return this;
    }

    public void Plan(JobDetail detail, long bytes) => Record = Record! with
    {
        Detail = JsonSerializer.Serialize(detail, JobJson.Default.JobDetail),
        Progress = Record.Progress with { BytesTotal = bytes },
    };

    /// <summary>Stores rows under a key, sealed for another key if the value is to be corrupt.</summary>
    public void Store(string key, IReadOnlyList<ChunkValue> rows, string? sealedFor = null) =>
        _values[key] = SealedValue.Seal(sealedFor ?? key, _operation.Encode(rows));

    /// <summary>Announces a finished chunk of some bytes.</summary>
    public void Finish(string entry, long bytes)
    {
        _feed.Add(entry);
        Record = Record! with { Progress = Record.Progress with { BlocksComputed = Record.Progress.BlocksComputed + 1, BytesComputed = Record.Progress.BytesComputed + bytes } };
    }

    public void End(CenterJobState state, string? result = null, string? error = null) => Record = Record! with
    {
        State = state,
        ResultKey = result,
        Error = error,
        Ended = RushingTime.Start.AddSeconds(7),
    };

    public void Announce(string jobId) => JobEnded?.Invoke(jobId);

    public Task<JobRecord?> GetJobAsync(string jobId, bool withPlan, CancellationToken cancellationToken)
    {
        Looks++;
        if (_script.TryGetValue(Looks, out var action))
            action();
        Looked.TrySetResult();
        if (IsDown)
            return Task.FromException<JobRecord?>(Unavailable());
        var found = jobId == JobId ? Record : null;
        return Task.FromResult(withPlan || found is null ? found : found with { Spec = "", Detail = null });
    }

    public Task<IReadOnlyList<string>> FeedAsync(string jobId, long fromIndex, int max, CancellationToken cancellationToken)
    {
        FeedReads++;
        return Task.FromResult<IReadOnlyList<string>>([.. _feed.Skip((int)fromIndex).Take(max)]);
    }

    public Task<IReadOnlyList<byte[]?>> GetValuesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<byte[]?>>([.. keys.Select(key => _values.GetValueOrDefault(key))]);

    public Task<bool> AnyWorkerAsync(CancellationToken cancellationToken) => Task.FromResult(HasWorkers);

    public Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken) => Task.FromResult(false);

    private static CenterException Unavailable() => new(CenterErrorKind.Unavailable, "The center does not answer.");
}
