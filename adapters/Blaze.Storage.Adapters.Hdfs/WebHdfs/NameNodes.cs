namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>The name nodes of one cluster, and which of them answered last. Safe for use by several threads.</summary>
/// <param name="hosts">Each as <c>host:port</c>.</param>
internal sealed class NameNodes(IReadOnlyList<string> hosts)
{
    private volatile int _first;

    /// <summary>Set once the cluster was seen not to know paged listings.</summary>
    public volatile bool LacksPages;

    /// <summary>Set once the cluster was seen not to know the documented form of block locations.</summary>
    public volatile bool LacksBlockLocations;

    /// <summary>Every name node once, starting with the one that answered last.</summary>
    public IEnumerable<string> Round()
    {
        var first = _first;
        for (var index = 0; index < hosts.Count; index++)
            yield return hosts[(first + index) % hosts.Count];
    }

    /// <summary>This one answered: ask it first from now on.</summary>
    public void Answered(string host) => _first = IndexOf(host);

    /// <summary>This one did not: ask the next one first from now on, if this was the first.</summary>
    public void Failed(string host)
    {
        if (_first == IndexOf(host))
            _first = (IndexOf(host) + 1) % hosts.Count;
    }

    private int IndexOf(string host)
    {
        for (var index = 0; index < hosts.Count; index++)
        {
            if (hosts[index] == host)
                return index;
        }

        throw new ArgumentException("It is no name node of this cluster.", nameof(host));
    }
}
