using System.Globalization;
using System.Security.Cryptography;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Worker.Calls;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Functions;
using Blaze.Storage.Worker.Leases;
using Blaze.Storage.Worker.Peers;
using Blaze.Storage.Worker.Planning;
using Blaze.Storage.Worker.Resources;
using Blaze.Storage.Worker.Results;
using Blaze.Storage.Worker.Slots;
using Blaze.Storage.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blaze.Storage.Worker;

/// <summary>
/// A worker: claims tasks from the center, runs them on its slots, publishes their values. It keeps no state of its own: killed
/// at any time it costs the recomputation of what it held, within one lease, and nothing else.
/// </summary>
public sealed partial class Worker
{
    // A stopping worker gives the center this much longer than its running tasks before it leaves without a word.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly CenterConnection _center;
    private readonly ObjectStoreRegistry _stores;
    private readonly WorkerOptions _options;
    private readonly IReadOnlyList<string> _places;
    private readonly ILogger _logger;
    private readonly CenterRetry _retry;
    private readonly ResultStore _results;
    private readonly ClusterView _cluster;
    private readonly HeldTasks _held = new();
    private readonly JobTraces _traces;
    private long _away;

    /// <summary>Creates a worker; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="center">The center; stays the caller's to dispose.</param>
    /// <param name="stores">The stores it reads from.</param>
    /// <param name="durable">The durable cache, or null to keep results in the center alone.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="logger">Takes its messages, or null.</param>
    public Worker(CenterConnection center, ObjectStoreRegistry stores, DurableTier? durable, WorkerOptions options, ILogger<Worker>? logger = null)
    {
        _center = center;
        _stores = stores;
        _logger = logger ?? NullLogger<Worker>.Instance;
        _retry = new CenterRetry(options.TimeProvider, problem => ReportAway(problem.Message));
        _results = new ResultStore(center.Values, _retry, durable, options.InlineLimit, _logger);
        _cluster = new ClusterView(center, _retry, options);
        _traces = new JobTraces(center);
        Name = string.Create(CultureInfo.InvariantCulture, $"{options.Host}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
        _options = options.Validated();
        _places = _options.PlacesOf(Name);
    }

    /// <summary>The worker's name among the workers of the cluster: host, process id, and a few random digits.</summary>
    public string Name { get; }

    /// <summary>
    /// Works until stopped: then claims nothing more, lets running tasks finish within the drain period, gives back the others,
    /// and leaves the cluster.
    /// </summary>
    /// <param name="stopping">Stops the worker.</param>
    /// <exception cref="BlazeException">It left because too many functions do not end (<see cref="WorkerOptions.MaxStuckCalls"/>).</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var stuck = new StuckCalls(_options.StuckLimit, () => _ = ending.CancelAsync());
        await RunUntilAsync(stuck, ending.Token);
        if (!stopping.IsCancellationRequested && ending.IsCancellationRequested)
            throw new BlazeException($"The worker {Name} has left the cluster because of functions that go on though their calls are over, {stuck.Count} now. Start it again, and let these functions look at their cancellation token.");
    }

    private async Task RunUntilAsync(StuckCalls stuck, CancellationToken stopping)
    {
        using var abort = new CancellationTokenSource();
        Publisher? publisher = null;
        ClaimLoop? claims = null;
        var backlog = new Backlog();
        var lanes = _options.Slots * _options.ReadsPerSlot;
        var supply = new Supply(_options.Slots, lanes, _options.TimeProvider);
        var resources = new ResourcePool(_options.AllResources, () => claims!.Wake());
        var demands = new DemandBoard(resources, _places, _options.TimeProvider);
        using var functions = new FunctionLoader(_options.Code);
        await using var keeper = new ValueKeeper(_center, _retry, _options, Name, _logger);
        var continuation = new CallContinuation(_options.Capture, _center, _retry, _options.TimeProvider);
        using var gate = new SlotGate(_options.Slots, supply, () => claims!.Wake());
        using var slots = new SlotPool(
            lanes, gate, supply, stuck, _options.TimeProvider, lane => CreateRunner(lane, stuck, gate, functions, continuation, keeper.Values), (task, outcome) => Finish(task, outcome, keeper.Values, publisher!, claims!));
        claims = new ClaimLoop(_center, _retry, _results, keeper.Values, _held, Name, _places, _options, supply, backlog, demands, resources, slots.Enqueue);
        var watch = new DemandWatch(_center, _retry, Name, _places, _options, demands, claims.Wake);
        publisher = new Publisher(_center, _retry, _results, keeper.Values, _held, supply, backlog, _options.TimeProvider, Name, claims, _logger);
        var leases = new LeaseKeeper(_center, Name, _places, () => Describe(supply, stuck, resources, keeper), _held, _options, _logger);
        keeper.AnnounceWith(leases.AnnounceAsync);
        keeper.Dropped += keys => StopDropped(keys, leases);

        void OnReady(string? worker)
        {
            if (worker is null || worker == Name)
                claims.Wake();
            else
                claims.WakeLater();
        }

        void OnCancelled(string job) => leases.BeatNow();
        _center.ReadyAnnounced += OnReady;
        _center.JobCancelled += OnCancelled;
        await using var stop = stopping.Register(() => BeginDrain(slots, claims, abort));
        LogStarted(_logger, Name, _options.Slots);
        WorkerMetrics.Slots(_options.Slots);
        try
        {
            await RunLoopsAsync(claims, publisher, leases, watch, keeper, continuation, abort, stopping);
        }
        finally
        {
            _center.ReadyAnnounced -= OnReady;
            _center.JobCancelled -= OnCancelled;
            _held.StopAll();
            WorkerMetrics.Slots(-_options.Slots);
            LogStopped(_logger, Name);
        }
    }

    private async Task RunLoopsAsync(
        ClaimLoop claims, Publisher publisher, LeaseKeeper leases, DemandWatch watch, ValueKeeper keeper, CallContinuation continuation, CancellationTokenSource abort, CancellationToken stopping)
    {
        using var beating = CancellationTokenSource.CreateLinkedTokenSource(abort.Token);
        var loops = new[]
        {
            claims.RunAsync(stopping, abort.Token), publisher.RunAsync(abort.Token), leases.RunAsync(beating.Token),
            keeper.RunAsync(_options.Listen is not null, beating.Token), continuation.RunAsync(beating.Token), watch.RunAsync(stopping, beating.Token),
        };
        try
        {
            // The claim loop ends by itself when everything is handed over; any other end of any loop ends the worker.
            var first = await Task.WhenAny(loops);
            if (first != loops[0] || !first.IsCompletedSuccessfully)
                await abort.CancelAsync();
            await first;
            // A heartbeat after this would enter the worker again.
            await beating.CancelAsync();
            await Task.WhenAll(loops[2..]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _center.Workers.RemoveAsync(Name, abort.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogGaveUp(_logger, _held.Count);
        }
        catch (CenterException problem) when (problem.Kind == CenterErrorKind.Unavailable && stopping.IsCancellationRequested)
        {
            ReportAway(problem.Message);
        }
        finally
        {
            publisher.Complete();
            await beating.CancelAsync();
            await Task.WhenAll(loops).ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // A small result travels with the news that it is there. Of a large one the news is where it lies, once the cluster can get it there.
    private void Finish(HeldTask task, TaskOutcome outcome, WorkerValues values, Publisher publisher, ClaimLoop claims)
    {
        if (outcome is TaskOutcome.Returned { Value: var value })
        {
            var isSmall = value.Length <= Math.Min(_options.InlineLimit, TaskValue.MaxInline);
            if ((isSmall ? new TaskValue(value.Format, value.Contiguous(), null) : values.TryKeep(task.Task.Key, value)) is { } result)
            {
                claims.Complete(task, new Completion(task.Task.Key, task.Task.Attempt, 0, FromCache: false) { Result = result });
                return;
            }
        }

        publisher.Add(task, outcome);
        claims.Wake();
    }

    // A heartbeat tells which tasks are no longer this worker's.
    private void StopDropped(IReadOnlyList<string> keys, LeaseKeeper leases)
    {
        if (keys.Any(_held.Contains))
            leases.BeatNow();
    }

    private void BeginDrain(SlotPool slots, ClaimLoop claims, CancellationTokenSource abort)
    {
        slots.Drain();
        _ = new CancellationTokenSource(_options.DrainPeriod, _options.TimeProvider).Token.Register(_held.StopAll);
        abort.CancelAfter(_options.DrainPeriod + Farewell);
        // The loop goes on within this call, perhaps to the worker's end.
        claims.Wake();
    }

    private TaskRunner CreateRunner(Lane lane, StuckCalls stuck, SlotGate gate, FunctionLoader functions, CallContinuation continuation, WorkerValues values)
    {
        var resolver = new SourceResolver(_stores, new TypedFiles(_stores, _results));
        var plans = new PlanExecutor(resolver, new KnownBlocksLookup(_results), new SourceLocator(_stores, _logger), _results, _cluster.HostsAsync);
        var calls = new CallExecutor(new CallFunctions(_options.Operations, functions, _center, _retry), new CallInputs(_center, _retry, values), continuation, gate, lane, stuck, _options.TimeProvider);
        return new TaskRunner(new ChunkReader(_stores, gate), new MergeExecutor(_results), plans, calls, gate, new TaskTelemetry(_traces, gate, _options.TimeProvider));
    }

    private string Describe(Supply supply, StuckCalls stuck, ResourcePool resources, ValueKeeper keeper) => keeper.Describe(new WorkerDescription(
        _options.Host, Environment.ProcessId, _options.Slots, supply.Running, _held.Count, _options.HostNames, _options.Offered)
    {
        Stuck = stuck.Count,
        Resources = resources.Total.Items.ToDictionary(),
        Free = resources.Free.Items.ToDictionary(),
    }).ToJson();

    // One line for each time the center is away, not one for each call that finds it so.
    private void ReportAway(string problem)
    {
        var now = _options.TimeProvider.GetTimestamp();
        var before = Interlocked.Exchange(ref _away, now);
        if (before == 0 || _options.TimeProvider.GetElapsedTime(before, now) > TimeSpan.FromSeconds(10))
            LogCenterAway(_logger, problem);
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "Worker {Name} started with {Slots} slots")]
    private static partial void LogStarted(ILogger logger, string name, int slots);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "Worker {Name} stopped")]
    private static partial void LogStopped(ILogger logger, string name);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "The center is away, waiting for it: {Problem}")]
    private static partial void LogCenterAway(ILogger logger, string problem);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Warning, Message = "Stopped with {Tasks} tasks not handed back; others get them when their leases run out")]
    private static partial void LogGaveUp(ILogger logger, int tasks);
}
