using System.Net;
using System.Text;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Worker.Calls;
using Blaze.Storage.Worker.Data;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker;

/// <summary>A worker's settings.</summary>
public sealed record WorkerOptions
{
    // A worker's name has its host, its process id and a few digits.
    private const int MostHostBytes = 100;

    private const long SmallestMemory = 1 << 20;

    // Besides these a worker answers to its host, its name, the place of shipped code, and the common operations.
    private const int MostTags = 8;
    private const int MostOperations = StepRequest.MaxPlaces - MostTags - 8;

    /// <summary>How many tasks run at once, each on a thread of its own; 1 … 1,024. Default: the number of processors.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>How long the center waits for a sign of life before others get this worker's tasks. Default: 10 s; at least 1 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an idle worker waits for an announcement before it asks by itself, on average. Default: 500 ms.</summary>
    public TimeSpan IdlePoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a stopping worker lets running tasks finish before it gives them back. Default: 10 s.</summary>
    public TimeSpan DrainPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many reads from other hosts are under way for each slot, each with a buffer of the store's own read size; 1 … 16.
    /// Default: 2, so that the next piece arrives while the last one is computed.
    /// </summary>
    public int ReadsPerSlot { get; init; } = 2;

    /// <summary>Values up to this many bytes are kept in the center, larger ones in the durable cache alone. Default: 64 KiB.</summary>
    public int InlineLimit { get; init; } = 64 * 1024;

    /// <summary>
    /// The name of this worker's host: all its workers say the same. Tasks over bytes that lie here prefer it. No white space and no comma,
    /// at most 100 bytes. Default: the machine's name.
    /// </summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>
    /// Other names and addresses by which stores may know this host, such as that of a storage node that runs on it. Default: its full
    /// name and the addresses of its network interfaces.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = ThisHost.Names;

    /// <summary>
    /// How long a task must have been ready before this worker takes it away from the hosts it prefers; it does so only when it would
    /// be idle otherwise. Default: 300 ms.
    /// </summary>
    public TimeSpan LocalityWait { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>What this worker is known to have, for calls that want it: names that begin with <c>#</c>, such as <c>#gpu</c>. Default: nothing.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// How much of which resources it has for calls that take of them, such as 2 <c>gpu</c>; it never runs more at once than it has resources for. <c>memory</c> is in bytes and, unless it
    /// is named here, as much as <see cref="Memory"/>. Default: nothing but memory.
    /// </summary>
    public ResourceAmounts Resources { get; init; } = ResourceAmounts.None;

    /// <summary>
    /// With how many functions that go on though their calls are over (past their time limit, or cancelled) the worker leaves the cluster and fails, so
    /// that whoever runs it starts another. Default: twice the slots, at least 4. At least 1.
    /// </summary>
    public int? MaxStuckCalls { get; init; }

    /// <summary>The named operations this worker offers besides those every worker has. Default: none.</summary>
    public OperationRegistry Operations { get; init; } = new();

    /// <summary>The most bytes of memory for large values of calls. Default: 60 % of what this process may use. At least 1 MiB.</summary>
    public long? Memory { get; init; }

    /// <summary>
    /// Where values go that do not fit the memory; each worker makes a folder of its own in it. Default: none; a worker whose memory is full then claims nothing until values
    /// are let go.
    /// </summary>
    public string? SpillFolder { get; init; }

    /// <summary>
    /// Where this worker listens for requests for its values; port 0 for a free one. Default: a free port of the address by which it reaches the center, from
    /// the first large value on.
    /// </summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>
    /// Whether and how shipped code runs. Default: it does not. Its key is what workers and clients of a cluster know each other by, whether code runs or not; without one
    /// they take a secret that lies in the center.
    /// </summary>
    public FunctionLoaderOptions Code { get; init; } = new();

    /// <summary>Ships the functions that running functions call on. Default: none; then they call on named operations only.</summary>
    public ICallCapture? Capture { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Bytes of memory for large values of each of several workers that share this machine or container: together they keep to what one alone would take.</summary>
    /// <param name="workers">How many; 1 or more.</param>
    public static long SharedMemory(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return Math.Max(SmallestMemory, new DataStoreOptions().MemoryLimit / workers);
    }

    internal int StuckLimit => MaxStuckCalls ?? Math.Max(4, 2 * Slots);

    /// <summary>The operations it offers.</summary>
    internal IReadOnlyList<string> Offered => [.. Operations.Names.Union(CommonOperation.Names, StringComparer.Ordinal)];

    /// <summary>The resources it has, memory included.</summary>
    internal ResourceAmounts AllResources => Resources.Or(ResourceAmounts.Of([new(ResourceAmounts.Memory, DataStore.MemoryLimit)]));

    /// <summary>The settings of the dictionary of values.</summary>
    internal DataStoreOptions DataStore
    {
        get
        {
            var store = new DataStoreOptions { SpillRoot = SpillFolder, TimeProvider = TimeProvider };
            return Memory is { } bytes ? store with { MemoryLimit = bytes } : store;
        }
    }

    /// <summary>The places this worker answers to.</summary>
    /// <param name="worker">Its name.</param>
    internal IReadOnlyList<string> PlacesOf(string worker)
    {
        string[] code = Code is { AllowCode: true, Key: not null } ? [CallFunction.CodePlace] : [];
        return [.. new[] { Host, worker }.Concat(Tags).Concat(code).Concat(Operations.Names.Select(CallFunction.OperationPlace)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="BlazeException">A value is out of range; the message names it.</exception>
    public WorkerOptions Validated()
    {
        Require(Slots is >= 1 and <= 1024, $"the number of slots must be between 1 and 1024, not {Slots}");
        Require(Lease >= TimeSpan.FromSeconds(1), $"the lease must be at least one second, not {Lease}");
        Require(IdlePoll > TimeSpan.Zero, $"the idle poll must be longer than nothing, not {IdlePoll}");
        Require(DrainPeriod >= TimeSpan.Zero, $"the drain period cannot be negative, but is {DrainPeriod}");
        Require(ReadsPerSlot is >= 1 and <= 16, $"the number of reads per slot must be between 1 and 16, not {ReadsPerSlot}");
        Require(MaxStuckCalls is null or >= 1, $"it must bear at least one function that does not end, not {MaxStuckCalls}");
        Require(InlineLimit >= 0, $"the inline limit cannot be negative, but is {InlineLimit}");
        Require(Place.IsValid(Host) && Encoding.UTF8.GetByteCount(Host) <= MostHostBytes, $"its host must have a name of 1 to {MostHostBytes} bytes without white space and comma, not '{Host}'");
        Require(Tags.All(tag => tag.StartsWith('#') && Place.IsValid(tag)), "each of its tags must begin with '#' and have no white space and no comma");
        Require(Tags.Count <= MostTags, $"it has {Tags.Count} tags, but can tell of {MostTags} only");
        Require(Operations.Names.Count <= MostOperations, $"it offers {Operations.Names.Count} operations, but can tell of {MostOperations} only");
        Require(!Operations.Names.Any(CommonOperation.Names.Contains), $"it offers operations of its own under names that mean the same on every worker: {string.Join(", ", Operations.Names.Intersect(CommonOperation.Names))}; give them other names");
        Require(Memory is null or >= SmallestMemory, $"its memory for values must be at least {SmallestMemory} bytes, not {Memory}");
        Code.Validated();
        Require(LocalityWait >= TimeSpan.Zero, $"the locality wait cannot be negative, but is {LocalityWait}");
        return this;
    }

    private static void Require(bool valid, string problem)
    {
        if (!valid)
            throw new BlazeException($"The worker cannot start: {problem}.");
    }
}
