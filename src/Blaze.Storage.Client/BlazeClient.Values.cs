using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    /// <summary>
    /// Gives values to workers, spread evenly by their bytes, so that calls find them there. They are kept for as long as their futures are in use, but nothing says how to make
    /// them again: where all workers that hold one are gone, what needs it fails.
    /// </summary>
    /// <typeparam name="T">The type of the values; see docs/values.md.</typeparam>
    /// <param name="values">The values. An array must not change until this is done.</param>
    /// <param name="options">How many workers get each, and which.</param>
    /// <returns>A future for each, done already, in their order.</returns>
    /// <exception cref="Core.BlazeException">There are not enough workers, or they have no memory for the values.</exception>
    public async Task<IReadOnlyList<Future<T>>> ScatterAsync<T>(IEnumerable<T> values, ScatterOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= ScatterOptions.Default;
        options.Check();
        Value[] encoded = [.. values.Select(value => ValueFormats.Encode(value))];
        if (encoded.Length == 0)
            return [];
        var placed = await new Scattering(_center, _values, _options.TimeProvider).PutAsync(encoded, options, cancellationToken).ConfigureAwait(false);
        return [.. (await _futures.PutAsync(placed, cancellationToken).ConfigureAwait(false)).Select(entry => new Future<T>(entry))];
    }

    /// <summary>Which workers hold the values of futures, by key: none where it is not done, or so small that it lies in the center.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> WhoHasAsync(IEnumerable<Future> futures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(futures);
        string[] keys = [.. futures.Select(future => future.Key).Distinct(StringComparer.Ordinal)];
        var results = await _center.Sessions.GetAsync(keys, cancellationToken).ConfigureAwait(false);
        return keys.Zip(results).ToDictionary(one => one.First, one => one.Second.Location?.Workers ?? [], StringComparer.Ordinal);
    }

    /// <summary>The values that workers hold, by the workers' ids: all workers that listen for requests for their values.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HeldValue>>> HasWhatAsync(CancellationToken cancellationToken = default)
    {
        var held = new Dictionary<string, IReadOnlyList<HeldValue>>(StringComparer.Ordinal);
        foreach (var worker in await WorkersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (worker.Address is not null)
                held[worker.Id] = await ValuesOf(worker.Id).ListAsync("", cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    /// <summary>The dictionary of values that a worker holds.</summary>
    /// <param name="worker">The worker's id, see <see cref="WorkersAsync"/>.</param>
    public WorkerValues ValuesOf(string worker)
    {
        ArgumentException.ThrowIfNullOrEmpty(worker);
        return new WorkerValues(worker, _center, _values, _options.TimeProvider);
    }
}
