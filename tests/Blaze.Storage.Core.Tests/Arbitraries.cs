using Blaze.Storage.Core.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests;

/// <summary>Random ranges that meet the boundaries of the grid more often than chance would.</summary>
internal static class Arbitraries
{
    /// <summary>Offsets below 2^62: small ones, multiples of blocks, and their neighbours.</summary>
    public static Gen<long> Offset { get; } =
        from shift in Gen.Choose(0, 61)
        from factor in Gen.Choose(0, 40)
        from aside in Gen.Choose(-2, 2)
        select Math.Clamp(((long)factor << Math.Min(shift, 56)) + aside, 0, (1L << 62) - 1);

    public static Arbitrary<ByteRange> Ranges { get; } = Arb.From(
        from a in Offset
        from b in Offset
        select new ByteRange(Math.Min(a, b), Math.Max(a, b)));
}
