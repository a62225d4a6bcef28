using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>A random graph of calls: numbers that lie in the center, arrays that lie with workers, and what each of them must be.</summary>
internal sealed class CallGraph
{
    private const int Modulus = 1_000_003;
    private const int MostNeeds = 200;

    // More than travels through the center.
    private const int ArrayLength = 20_000;

    private readonly Random _random;
    private readonly BlazeClient _client;
    private readonly List<Node<int>> _numbers = [];
    private readonly List<Node<int[]>> _arrays = [];
    private readonly List<Call> _calls = [];

    private CallGraph(BlazeClient client, int seed)
    {
        _client = client;
        _random = new Random(seed);
    }

    /// <summary>The calls that give numbers, in their order.</summary>
    public IReadOnlyList<Future<int>> Numbers => [.. _numbers.Select(node => node.Future)];

    /// <summary>All calls, each after those it needs.</summary>
    public IReadOnlyList<Future> All => [.. _calls.Select(call => call.Future)];

    /// <summary>Submits a graph.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="seed">Says which graph.</param>
    /// <param name="calls">How many calls it has.</param>
    /// <param name="failing">How many of a thousand calls throw.</param>
    public static CallGraph Submit(BlazeClient client, int seed, int calls, int failing = 0)
    {
        var graph = new CallGraph(client, seed);
        for (var at = 0; at < calls; at++)
            graph.Add(at, graph._random.Next(1000) < failing);
        return graph;
    }

    /// <summary>Waits until every call has ended, and compares.</summary>
    /// <param name="cancelled">Calls that may have been cancelled, as may what needs them.</param>
    public async Task CheckAsync(IReadOnlyCollection<Future>? cancelled = null)
    {
        try
        {
            await Task.WhenAll(All.Select(future => future.Ended)).WaitAsync(FutureCluster.Deadline * 2, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{All.Count(future => future.Status == FutureStatus.Pending)} of {All.Count} calls have not ended.");
        }

        var loose = cancelled?.ToHashSet() ?? [];
        foreach (var call in _calls)
        {
            var (future, throws, needs, compare) = call;
            var isLoose = loose.Contains(future) || needs.Any(loose.Contains);
            if (isLoose)
                loose.Add(future);
            if (throws && !isLoose)
                Assert.Equal(FutureStatus.Failed, future.Status);
            if (future.Status == FutureStatus.Done || !(throws || isLoose))
                await compare();
        }
    }

    private void Add(int at, bool throws)
    {
        var kind = _random.Next(10);
        if (kind < 3 && _arrays.Count > 0)
        {
            var needs = Choose(_arrays, 20);
            _numbers.Add(NodeOf(Folded(needs, at, throws), Fold, needs, at, throws));
            return;
        }

        var numbers = Choose(_numbers, MostNeeds);
        if (kind < 5 && _numbers.Count > 0)
            _arrays.Add(NodeOf(Spread(numbers, at, throws), Spread, numbers, at, throws));
        else
            _numbers.Add(NodeOf(Mixed(numbers, at, throws), Mix, numbers, at, throws));
    }

    // Most take a few, some very many.
    private List<Node<T>> Choose<T>(List<Node<T>> from, int most)
    {
        var count = _random.Next(20) == 0 ? _random.Next(most + 1) : _random.Next(4);
        return from.Count == 0 ? [] : [.. Enumerable.Range(0, count).Select(_ => from[_random.Next(from.Count)])];
    }

    private Node<TResult> NodeOf<T, TResult>(Future<TResult> future, Func<int, T[], TResult> function, List<Node<T>> needs, int at, bool throws)
    {
        var node = new Node<TResult>(future, function(at, [.. needs.Select(need => need.Expected)]), throws || needs.Exists(need => need.Throws));
        _calls.Add(new Call(future, node.Throws, [.. needs.Select(need => (Future)need.Future)], CompareAsync));
        return node;

        async Task CompareAsync() =>
            Assert.Equal(node.Expected, await future.ResultAsync(TestContext.Current.CancellationToken).WaitAsync(FutureCluster.Deadline));
    }

    private Future<int> Mixed(List<Node<int>> needs, int at, bool throws) =>
        _client.Submit(values => throws ? throw new InvalidOperationException("on purpose") : Mix(at, values), needs.Select(need => need.Future));

    private Future<int[]> Spread(List<Node<int>> needs, int at, bool throws) =>
        _client.Submit(values => throws ? throw new InvalidOperationException("on purpose") : Spread(at, values), needs.Select(need => need.Future));

    private Future<int> Folded(List<Node<int[]>> needs, int at, bool throws) =>
        _client.Submit(values => throws ? throw new InvalidOperationException("on purpose") : Fold(at, values), needs.Select(need => need.Future));

    private static int Mix(int seed, int[] values) => (int)(values.Aggregate((long)seed + 1, (sum, value) => ((sum * 31) + value) % Modulus));

    private static int[] Spread(int seed, int[] values)
    {
        var first = Mix(seed, values);
        return [.. Enumerable.Range(0, ArrayLength).Select(at => (first + at) % Modulus)];
    }

    private static int Fold(int seed, int[][] values) => Mix(seed, [.. values.Select(array => Mix(seed, array))]);

    private sealed record Node<T>(Future<T> Future, T Expected, bool Throws);

    private sealed record Call(Future Future, bool Throws, IReadOnlyList<Future> Needs, Func<Task> CompareAsync);
}
