using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Client;

/// <summary>A finished chunk at its place, for a picture along the file.</summary>
/// <param name="Source">The index of its resource in <see cref="Core.Jobs.JobDetail.Sources"/>; 0 for an operation over two resources.</param>
/// <param name="Range">Its bytes in that resource.</param>
/// <param name="Value">Its value.</param>
/// <param name="Known">Whether it was known when the job was planned.</param>
public sealed record PlacedChunk(int Source, ByteRange Range, ChunkValue Value, bool Known);
