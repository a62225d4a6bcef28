using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>A retrying store over a failing one in memory, with a clock that the test moves.</summary>
internal sealed class TimedStore : IDisposable
{
    public static readonly ResourceUri A = ResourceUri.Parse("memory://bucket/a");
    public static readonly ResourceUri Elsewhere = ResourceUri.Parse("memory://elsewhere/a");
    private readonly List<(string Member, TimeSpan At)> _calls = [];

    public TimedStore(RetryOptions options, params IEnumerable<StoreFault> faults)
    {
        var left = new Queue<StoreFault>(faults);
        Faulty = new FaultyStore(Memory, new FaultPlan(member =>
        {
            _calls.Add((member, Time.Elapsed));
            return left.TryDequeue(out var fault) ? fault : StoreFault.None;
        }));
        Store = new RetryingStore(Faulty, options, Time);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ManualTime Time { get; } = new();

    public MemoryObjectStore Memory { get; } = new();

    public FaultyStore Faulty { get; }

    public RetryingStore Store { get; }

    /// <summary>The calls that reached the failing store, with their times.</summary>
    public IReadOnlyList<(string Member, TimeSpan At)> Calls => _calls;

    public static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Moves the clock from pause to pause until the call ends; deadlines are no pauses.</summary>
    public async Task PassPausesAsync(Task call, TimeSpan longest)
    {
        while (!call.IsCompleted)
        {
            var pause = Time.TimerAsync(due => due <= longest);
            if (await Task.WhenAny(call, pause) == pause)
                Time.Advance(await pause);
        }
    }

    public void Dispose() => Store.Dispose();
}
