using System.Runtime.CompilerServices;
using Blaze.Storage.Center;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;

namespace Blaze.Storage.Client;

/// <summary>
/// The values one worker holds, by key: the results it made, and what is put there under any other key, which stays until it is deleted or the worker
/// ends. All calls fail with <see cref="BlazeException"/> where the worker is gone.
/// </summary>
public sealed class WorkerValues
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan AskPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // One that has just started is heard of a moment later.
    private static readonly TimeSpan PatienceWithUnknown = TimeSpan.FromSeconds(1);

    private readonly CenterConnection _center;
    private readonly RemoteValues _values;
    private readonly TimeProvider _time;

    internal WorkerValues(string worker, CenterConnection center, RemoteValues values, TimeProvider time) =>
        (Worker, _center, _values, _time) = (worker, center, values, time);

    /// <summary>The worker's id.</summary>
    public string Worker { get; }

    /// <summary>A value.</summary>
    /// <typeparam name="T">Its type; see docs/values.md.</typeparam>
    /// <exception cref="BlazeException">The worker does not hold it, or it is no <typeparamref name="T"/>.</exception>
    public async Task<T> GetAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        var (client, address) = await ReachAsync(cancellationToken).ConfigureAwait(false);
        var value = await client.GetAsync(address, key, cancellationToken).ConfigureAwait(false);
        var result = ValueFormats.Decode<T>(value.Value, key)!;
        // What may be a view of the bytes keeps them for as long as it is in use.
        if (typeof(T).IsArray)
            value.Dispose();
        return result;
    }

    /// <summary>Puts a value there, instead of the one it had under the key.</summary>
    /// <param name="key">1 to 1,024 bytes of UTF-8 without control characters. Keys like those of results, <c>name-</c> and 32 hexadecimal digits, are not kept for long.</param>
    public async Task SetAsync<T>(string key, T value, CancellationToken cancellationToken = default)
    {
        var (client, address) = await ReachAsync(cancellationToken).ConfigureAwait(false);
        await client.PutAsync(address, key, ValueFormats.Encode(value), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a value; false where there was none.</summary>
    public async Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var (client, address) = await ReachAsync(cancellationToken).ConfigureAwait(false);
        return await client.DeleteAsync(address, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the worker holds a value.</summary>
    public async Task<bool> ContainsAsync(string key, CancellationToken cancellationToken = default)
    {
        var (client, address) = await ReachAsync(cancellationToken).ConfigureAwait(false);
        return await client.ContainsAsync(address, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The values whose keys begin with a text, in the ordinal order of their keys.</summary>
    /// <param name="prefix">How the keys begin; empty for all.</param>
    public async IAsyncEnumerable<HeldValue> ListAsync(string prefix = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (client, address) = await ReachAsync(cancellationToken).ConfigureAwait(false);
        string? after = null;
        do
        {
            var page = await client.ListAsync(address, prefix, after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var value in page.Values)
                yield return new HeldValue(value.Key, value.Format, value.Bytes, value.IsInMemory);
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task<(PeerClient Client, Uri Address)> ReachAsync(CancellationToken cancellationToken)
    {
        var client = await _values.ClientAsync(cancellationToken).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        while (true)
        {
            if (await _values.AddressAsync(Worker, cancellationToken).ConfigureAwait(false) is { } address)
                return (client, address);
            var isKnown = (await _center.Workers.DescribeAsync([Worker], cancellationToken).ConfigureAwait(false))[0] is not null;
            if (_time.GetElapsedTime(started) > (isKnown ? Patience : PatienceWithUnknown))
                throw new BlazeException($"The worker '{Worker}' cannot be reached: it is gone, or keeps no values; `blaze workers` lists those that are there.");
            // It listens from the first time on that somebody wants it to.
            await _center.Workers.AskToListenAsync(Worker, cancellationToken).ConfigureAwait(false);
            await Task.Delay(AskPause, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>A value that a worker holds.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Format">The name of its format.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="IsInMemory">Whether it is in memory; otherwise it is on the worker's disk.</param>
public sealed record HeldValue(string Key, string Format, long Bytes, bool IsInMemory);
