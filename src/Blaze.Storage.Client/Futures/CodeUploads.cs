using Blaze.Storage.Center.Results;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Client.Futures;

/// <summary>Stores the code of shipped functions in the center, once for each content.</summary>
internal sealed class CodeUploads(CenterValues values)
{
    private readonly HashSet<string> _stored = [];

    /// <summary>Stores what these functions need and is not there.</summary>
    public async Task StoreAsync(IReadOnlyList<CapturedFunction> functions, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            if (_stored.Contains(function.Code.Id))
                continue;
            wanted[CodeKey.Of(function.Code.Id)] = function.Code.Bytes;
            foreach (var assembly in function.Assemblies)
                wanted[CodeKey.Of(assembly.Hash)] = assembly.Bytes;
        }

        if (wanted.Count == 0)
            return;
        // Reading what is there keeps it there: values live for a day after their last use.
        var keys = wanted.Keys.ToArray();
        var known = await values.ContainsAsync(keys, cancellationToken).ConfigureAwait(false);
        var missing = keys.Where((_, at) => !known[at]).Select(key => new StoredValue(key, wanted[key], Indexed: false)).ToArray();
        if (missing.Length > 0)
            await values.PutAsync(missing, cancellationToken).ConfigureAwait(false);
        foreach (var function in functions)
            _stored.Add(function.Code.Id);
    }

    /// <summary>Forgets what was stored: the center may have lost it.</summary>
    public void Forget() => _stored.Clear();
}
