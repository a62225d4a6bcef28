using System.Collections.Concurrent;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Client.Futures;

/// <summary>Stores the code of shipped functions in the center, once for each content, and again where the center let it go. Thread-safe.</summary>
internal sealed class CodeUploads(CenterValues values)
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _stored = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was stored yet.</summary>
    public bool IsEmpty => _stored.IsEmpty;

    /// <summary>Stores what these functions need and is not there.</summary>
    public async Task StoreAsync(IReadOnlyList<CapturedFunction> functions, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            if (_stored.ContainsKey(CodeKey.Of(function.Code.Id)))
                continue;
            foreach (var assembly in function.Assemblies)
                wanted[CodeKey.Of(assembly.Hash)] = assembly.Bytes;
            wanted[CodeKey.Of(function.Code.Id)] = function.Code.Bytes;
        }

        if (wanted.Count == 0)
            return;
        await PutMissingAsync(wanted, cancellationToken).ConfigureAwait(false);
        foreach (var (key, bytes) in wanted)
            _stored[key] = bytes;
    }

    /// <summary>
    /// Stores again what the center has let go of, and asks it to keep the rest: values there live for a day after their last use, and less where it is short of memory.
    /// </summary>
    public Task RenewAsync(CancellationToken cancellationToken) => PutMissingAsync(_stored.ToArray(), cancellationToken);

    /// <summary>Forgets what was stored: the center may have lost it.</summary>
    public void Forget() => _stored.Clear();

    private async Task PutMissingAsync(IReadOnlyCollection<KeyValuePair<string, ReadOnlyMemory<byte>>> wanted, CancellationToken cancellationToken)
    {
        var all = wanted.ToArray();
        var known = await values.ContainsAsync(Array.ConvertAll(all, one => one.Key), cancellationToken).ConfigureAwait(false);
        var missing = all.Where((_, at) => !known[at]).Select(one => new StoredValue(one.Key, one.Value, Indexed: false)).ToArray();
        if (missing.Length > 0)
            await values.PutAsync(missing, cancellationToken).ConfigureAwait(false);
    }
}
