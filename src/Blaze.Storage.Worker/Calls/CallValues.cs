using System.Buffers;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Calls;

/// <summary>The values that a call takes, in use until this is disposed of.</summary>
internal sealed class CallValues : IDisposable
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private List<ValueLease>? _leases;

    /// <summary>The value of a key.</summary>
    public Value this[string key] => _values[key];

    public bool Contains(string key) => _values.ContainsKey(key);

    public void Add(string key, in Value value) => _values[key] = value;

    /// <summary>Thread-safe among calls of itself.</summary>
    public void Add(string key, ValueLease lease)
    {
        lock (_values)
        {
            (_leases ??= []).Add(lease);
            _values[key] = lease.Value;
        }
    }

    /// <summary>A result as it may be kept: a copy where it shares memory with what is let go after the call.</summary>
    public Value Own(in Value result)
    {
        foreach (var lease in _leases ?? [])
        {
            if (result.Overlaps(lease.Value))
                return new Value(result.Format, result.Bytes.ToArray());
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _leases?.ForEach(lease => lease.Dispose());
}
