namespace Blaze.Storage.Core.Chunks;

/// <summary>A part of a cover: a block of the grid, or a ragged end.</summary>
/// <param name="Range">Its bytes.</param>
/// <param name="Level">The block's level, or <see cref="Ragged"/>.</param>
public readonly record struct Piece(ByteRange Range, int Level)
{
    /// <summary>The level of a piece that is no block.</summary>
    public const int Ragged = -1;

    /// <summary>Whether the piece is a ragged end.</summary>
    public bool IsRagged => Level == Ragged;

    /// <summary>The block; only for a piece that is one.</summary>
    public Block Block => Block.At(Level, Range.Start);
}
