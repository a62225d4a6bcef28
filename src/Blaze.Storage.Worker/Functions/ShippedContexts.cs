using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// The sets of assemblies that are loaded, and the methods found in them. Past the limit the set that was used longest ago is given up; it is
/// unloaded once nothing of it is in use. Safe for any number of threads.
/// </summary>
internal sealed class ShippedContexts(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Entry Entry, ShippedMethod Method)> _methods = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _latestFirst = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _byKey.Count;
        }
    }

    /// <summary>Takes hold of a method that is loaded.</summary>
    public bool TryHold(string codeId, [NotNullWhen(true)] out ShippedMethod? method, [NotNullWhen(true)] out Action? release)
    {
        lock (_gate)
        {
            if (_methods.TryGetValue(codeId, out var found))
            {
                (method, release) = (found.Method, Hold(found.Entry));
                return true;
            }
        }
        (method, release) = (null, null);
        return false;
    }

    /// <summary>Takes hold of the set with these assemblies where it is loaded.</summary>
    public bool TryHoldContext(string key, [NotNullWhen(true)] out ShippedContext? context, [NotNullWhen(true)] out Action? release)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                (context, release) = (node.Value.Context, Hold(node.Value));
                return true;
            }
        }
        (context, release) = (null, null);
        return false;
    }

    /// <summary>Adds a set, or takes the equal one that came first; held either way.</summary>
    public ShippedContext Add(ShippedContext context, out Action release)
    {
        Entry? given = null;
        lock (_gate)
        {
            if (_byKey.TryGetValue(context.Key, out var first))
            {
                release = Hold(first.Value);
                context.Unload();
                return first.Value.Context;
            }
            var node = _latestFirst.AddFirst(new Entry(context));
            _byKey.Add(context.Key, node);
            release = Hold(node.Value);
            if (_byKey.Count > limit)
                given = GiveUp(_latestFirst.Last!.Value);
        }
        Unload(given);
        return context;
    }

    /// <summary>Notes a method of a set that is held.</summary>
    public void Add(ShippedContext context, ShippedMethod method)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(context.Key, out var node) && ReferenceEquals(node.Value.Context, context) && _methods.TryAdd(method.Code.Id, (node.Value, method)))
                node.Value.Methods.Add(method.Code.Id);
        }
    }

    /// <summary>Gives up everything.</summary>
    public void Clear()
    {
        var given = new List<Entry?>();
        lock (_gate)
            while (_latestFirst.Last is { } last)
                given.Add(GiveUp(last.Value));
        given.ForEach(Unload);
    }

    private Action Hold(Entry entry)
    {
        entry.Users++;
        if (_byKey.TryGetValue(entry.Context.Key, out var node) && _latestFirst.First != node)
        {
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
        }
        return entry.Release ??= () => LetGo(entry);
    }

    private void LetGo(Entry entry)
    {
        bool isOver;
        lock (_gate)
            isOver = --entry.Users == 0 && entry.IsGivenUp;
        if (isOver)
            Unload(entry);
    }

    // Answers the entry where nobody uses it any more; otherwise its last user unloads it.
    private Entry? GiveUp(Entry entry)
    {
        var node = _byKey[entry.Context.Key];
        _latestFirst.Remove(node);
        _byKey.Remove(entry.Context.Key);
        entry.Methods.ForEach(id => _methods.Remove(id));
        entry.IsGivenUp = true;
        return entry.Users == 0 ? entry : null;
    }

    private static void Unload(Entry? entry)
    {
        if (entry is null)
            return;
        entry.Context.Unload();
        JsonCaches.Clear();
    }

    private sealed class Entry(ShippedContext context)
    {
        public ShippedContext Context { get; } = context;

        public List<string> Methods { get; } = [];

        public int Users { get; set; }

        public bool IsGivenUp { get; set; }

        public Action? Release { get; set; }
    }
}
