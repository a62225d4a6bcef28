using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Core.Decomposition;

/// <summary>An operation over a range of one resource, or of two side by side.</summary>
/// <param name="Operation">The operation, with every parameter known.</param>
/// <param name="Resources">As many resources as the operation has inputs, each at one version.</param>
/// <param name="Range">The bytes the extent owns, counted in each resource.</param>
public sealed record Extent(Operation Operation, IReadOnlyList<ResourceInfo> Resources, ByteRange Range)
{
    /// <summary>The part of the keys of this extent's chunks that says what they are.</summary>
    public string What { get; } = ChunkKey.WhatOf(Operation.Token, Resources.Select(resource => resource.Hash));

    /// <summary>The key of the extent's value.</summary>
    public ChunkKey Key => new(What, Range);

    /// <summary>The same operation and resources over other bytes.</summary>
    public Extent Over(ByteRange range) => this with { Range = range };
}
