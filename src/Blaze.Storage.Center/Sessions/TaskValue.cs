namespace Blaze.Storage.Center.Sessions;

/// <summary>A task's value as the table knows it: its bytes, or where they lie. One of the two is null.</summary>
/// <param name="Format">How to read the bytes: 1 to 64 characters without white space; opaque to the center.</param>
/// <param name="Inline">The bytes, at most <see cref="MaxInline"/>.</param>
/// <param name="Location">Where they lie.</param>
public sealed record TaskValue(string Format, ReadOnlyMemory<byte>? Inline, ResultLocation? Location)
{
    /// <summary>The most bytes that lie in the table: 64 KiB.</summary>
    public const int MaxInline = 64 << 10;
}
