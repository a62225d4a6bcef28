using Blaze.Storage.Core;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>Settings for running shipped code.</summary>
public sealed record FunctionLoaderOptions
{
    /// <summary>Whether shipped code runs at all. Default: no.</summary>
    public bool AllowCode { get; init; }

    /// <summary>The key that code must be signed with. Default: none, with which no code runs.</summary>
    public ClusterKey? Key { get; init; }

    /// <summary>How many sets of assemblies stay loaded, 1 … 4,096; the one used longest ago goes first. Default: 32.</summary>
    public int MaxContexts { get; init; } = 32;

    /// <summary>Checks every value.</summary>
    /// <exception cref="BlazeException">A value is out of range; the message names it.</exception>
    public FunctionLoaderOptions Validated() =>
        MaxContexts is >= 1 and <= 4096
            ? this
            : throw new BlazeException($"The worker cannot start: the number of sets of assemblies kept must be between 1 and 4096, not {MaxContexts}.");
}
