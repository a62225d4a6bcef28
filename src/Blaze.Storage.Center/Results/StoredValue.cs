namespace Blaze.Storage.Center.Results;

/// <summary>A value to keep in the center.</summary>
/// <param name="Key">Its key, without white space.</param>
/// <param name="Bytes">The value, at most the configured inline limit.</param>
/// <param name="Indexed">Whether it is found by <see cref="CenterValues.FindAsync"/>; the key must then be a chunk's.</param>
public readonly record struct StoredValue(string Key, ReadOnlyMemory<byte> Bytes, bool Indexed);
