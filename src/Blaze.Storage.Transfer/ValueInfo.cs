namespace Blaze.Storage.Transfer;

/// <summary>What a worker says of a value it holds.</summary>
/// <param name="Key">The key.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Bytes">The length in bytes.</param>
/// <param name="IsInMemory">Whether it is in memory; otherwise it is on disk.</param>
public sealed record ValueInfo(string Key, string Format, long Bytes, bool IsInMemory);

/// <summary>Some of the values a worker holds, in the ordinal order of their keys.</summary>
/// <param name="Values">The values.</param>
/// <param name="Next">The key after which the next page begins, or null.</param>
public sealed record ValuePage(IReadOnlyList<ValueInfo> Values, string? Next);
