using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Worker.Resources;

/// <summary>What a worker has of its resources, and what of it no call has taken.</summary>
/// <param name="total">What it has.</param>
/// <param name="freed">Called whenever something is given back; must not block.</param>
internal sealed class ResourcePool(ResourceAmounts total, Action freed)
{
    private readonly Lock _lock = new();
    private readonly List<ResourceAmounts> _taken = [];
    private ResourceAmounts _free = total;

    public ResourceAmounts Total { get; } = total;

    /// <summary>What can be taken now.</summary>
    public ResourceAmounts Free
    {
        get
        {
            lock (_lock)
                return _free;
        }
    }

    /// <summary>Takes all of it, or nothing: then null.</summary>
    public ResourceHold? TryTake(ResourceAmounts amounts)
    {
        lock (_lock)
        {
            if (!amounts.FitsInto(_free))
                return null;
            _taken.Add(amounts);
            _free = _free.Minus(amounts);
        }

        return new ResourceHold(() => GiveBack(amounts));
    }

    private void GiveBack(ResourceAmounts amounts)
    {
        lock (_lock)
        {
            _taken.Remove(amounts);
            _free = _taken.Aggregate(Total, static (left, taken) => left.Minus(taken));
        }

        freed();
    }
}
