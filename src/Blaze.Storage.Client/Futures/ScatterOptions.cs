using Blaze.Storage.Core;

namespace Blaze.Storage.Client.Futures;

/// <summary>Where scattered values go.</summary>
public sealed record ScatterOptions
{
    /// <summary>Nothing special.</summary>
    public static ScatterOptions Default { get; } = new();

    /// <summary>How many workers get each value, at least 1: as long as one of them lives the value does. Default: 1.</summary>
    public int Replication { get; init; } = 1;

    /// <summary>The names or hosts of the workers that get values. Default: all of them.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    internal void Check()
    {
        if (Replication is < 1 or > 64)
            throw new BlazeException($"Values cannot be scattered to {Replication} workers each; use 1 to 64.");
    }
}
