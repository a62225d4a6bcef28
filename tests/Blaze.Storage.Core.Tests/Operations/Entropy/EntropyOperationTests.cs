using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Core.Tests.Operations.Entropy;

public sealed class EntropyOperationTests
{
    [Fact]
    public void Merge_Parts_AddsCountsAndConcatenatesProfiles()
    {
        var operation = new EntropyOperation();
        var merged = (EntropyValue)operation.Merge([Value(3, 1.5), operation.Empty, Value(4, 2.5, 3.5)]);
        Assert.Equal([1.5, 2.5, 3.5], merged.Profile);
        Assert.Equal((7, 7), (merged.Counts[0], merged.Total));
    }

    [Fact]
    public void Encode_EqualWidths_ReadsBack()
    {
        var operation = new EntropyOperation();
        var rows = operation.Decode(operation.Encode([Value((1L << 53) - 1, 0.1, 8), Value(0, 1.0 / 3, 2)])).Cast<EntropyValue>().ToArray();
        Assert.Equal([[0.1, 8], [1.0 / 3, 2]], rows.Select(row => row.Profile));
        Assert.Equal([(1L << 53) - 1, 0], rows.Select(row => row.Counts[0]));
    }

    [Fact]
    public void Encode_UnequalWidths_Throws() =>
        Assert.Throws<ArgumentException>(() => new EntropyOperation().Encode([Value(1, 0.1), Value(1)]));

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e17)]
    public void Decode_CountThatIsNone_Throws(double count)
    {
        var encoded = new EntropyOperation().Encode([Value(1, 0.1)]);
        BitConverter.TryWriteBytes(encoded.AsSpan(128), count);
        Assert.Throws<InvalidDataException>(() => new EntropyOperation().Decode(encoded));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 65536, 1)]
    [InlineData(65535, 65537, 2)]
    [InlineData(1, 131073, 3)]
    public void WindowsIn_Range_CountsThoseItTouches(long start, long end, long windows)
    {
        var operation = new EntropyOperation();
        Assert.Equal(windows, operation.WindowsIn(new ByteRange(start, end)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(1025)]
    [InlineData(65535)]
    [InlineData(536870912)]
    [InlineData(-1024)]
    public void Constructor_OtherWindow_Throws(long window) => Assert.Throws<BlazeException>(() => new EntropyOperation(window));

    private static EntropyValue Value(long zeroes, params double[] profile)
    {
        var counts = new long[256];
        counts[0] = zeroes;
        return new EntropyValue(counts, profile);
    }
}
