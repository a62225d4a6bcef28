using System.Globalization;
using System.Text;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Core.Tests.Planning;

/// <summary>
/// An operation whose value is the story of its own folding: two values are equal only if the same bytes were merged in the same
/// order by the same tree. Adjacent parts that do not meet are an error.
/// </summary>
internal sealed record FoldOperation(int Finest) : Operation
{
    public override string Name => "FOLD";

    public override string Token => Finest == 0 ? Name : $"{Name}-l{Finest}";

    public override ChunkValue Empty => new FoldValue(default, 0);

    public override long ResultSize(long length) => Grid.SizeOf(Finest) / CachedShare;

    public override ChunkValue Merge(IReadOnlyList<ChunkValue> parts) => parts.Cast<FoldValue>()
        .Where(part => !part.Range.IsEmpty)
        .Aggregate((FoldValue)Empty, (left, right) => left.Range.IsEmpty ? right : left.Then(right));

    public override byte[] Encode(IReadOnlyList<ChunkValue> rows) =>
        Encoding.ASCII.GetBytes(string.Join('\n', rows.Cast<FoldValue>().Select(row => $"{row.Range} {row.Story.ToString(CultureInfo.InvariantCulture)}")));

    public override IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded) =>
        [.. Encoding.ASCII.GetString(encoded).Split('\n').Select(Parse)];

    /// <summary>What a kernel makes of a block or a ragged piece: blocks are folded from their children, down to the finest.</summary>
    public ChunkValue Compute(ByteRange range) => Block.TryFrom(range, out var block) && block.Level > Finest
        ? Merge([.. Enumerable.Range(0, Grid.FanOut).Select(index => Compute(block.Child(index).Range))])
        : new FoldValue(range, HashCode.Combine(range));

    private static FoldValue Parse(string line)
    {
        var words = line.Split(' ');
        Assert.True(ByteRange.TryParse(words[0], out var range));
        return new FoldValue(range, int.Parse(words[1], CultureInfo.InvariantCulture));
    }
}

internal sealed class FoldValue(ByteRange range, int story) : ChunkValue
{
    public ByteRange Range { get; } = range;

    public int Story { get; } = story;

    public FoldValue Then(FoldValue next)
    {
        Assert.Equal(Range.End, next.Range.Start);
        return new FoldValue(new ByteRange(Range.Start, next.Range.End), HashCode.Combine(Story, next.Story));
    }
}
