namespace Blaze.Storage.Worker.Data;

/// <summary>Entries in the order of their last use. Not thread-safe.</summary>
internal sealed class UseOrder
{
    private DataEntry? _newest;

    /// <summary>The one not used for longest.</summary>
    public DataEntry? Oldest { get; private set; }

    public void Add(DataEntry entry)
    {
        if (entry.IsLinked)
            return;
        entry.IsLinked = true;
        entry.Older = _newest;
        if (_newest is not null)
            _newest.Newer = entry;
        _newest = entry;
        Oldest ??= entry;
    }

    public void Remove(DataEntry entry)
    {
        if (!entry.IsLinked)
            return;
        if (entry.Older is null)
            Oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        if (entry.Newer is null)
            _newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        entry.IsLinked = false;
        entry.Older = entry.Newer = null;
    }
}
