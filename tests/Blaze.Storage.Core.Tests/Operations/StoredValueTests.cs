using System.Text;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Core.Tests.Operations;

/// <summary>What the stored values of all operations have in common.</summary>
public sealed class StoredValueTests
{
    private static readonly Operation[] All =
    [
        new HistogramOperation(), new HistogramOperation(2), new EntropyOperation(), new DifferenceOperation(),
        new StatisticsOperation(ElementType.Parse("f8")), new StatisticsOperation(ElementType.Parse("u8")), new StatisticsOperation(ElementType.Parse("i2")),
    ];

    [Fact]
    public void Decode_EmptyRows_GivesEmptyRows()
    {
        foreach (var operation in All)
        {
            Assert.Empty(operation.Decode(operation.Encode([])));
            var rows = operation.Decode(operation.Encode([operation.Empty, operation.Empty]));
            Assert.Equal(operation.Encode([operation.Empty, operation.Empty]), operation.Encode(rows));
        }
    }

    [Fact]
    public void Decode_EveryTruncation_Throws()
    {
        foreach (var operation in All)
        {
            var encoded = operation.Encode([operation.Empty, operation.Empty]);
            foreach (var length in Enumerable.Range(0, Math.Min(encoded.Length, 300)).Append(encoded.Length - 1))
                Assert.Throws<InvalidDataException>(() => operation.Decode(encoded.AsSpan(0, length)));
            Assert.Throws<InvalidDataException>(() => operation.Decode([.. encoded, 0]));
        }
    }

    [Fact]
    public void Decode_ValueOfAnotherOperation_Throws()
    {
        foreach (var operation in All)
        {
            foreach (var other in All.Where(other => other != operation && !(operation is StatisticsOperation && other is StatisticsOperation)))
                Assert.Throws<InvalidDataException>(() => operation.Decode(other.Encode([other.Empty])));
        }
    }

    [Theory]
    [InlineData("|u1", 4611686018427387904, 4)]
    [InlineData("<u8", 9223372036854775807, 1)]
    [InlineData("<u8", 1000000000000, 0)]
    [InlineData("<f8", 1000000000000, 0)]
    [InlineData("<f8", 2305843009213693952, 8)]
    public void Decode_HostileShape_ThrowsInsteadOfAllocating(string descr, long rows, long columns)
    {
        foreach (var operation in All.Where(operation => operation is not DifferenceOperation))
        {
            var encoded = HostileHeader(descr, rows, columns);
            Assert.Throws<InvalidDataException>(() => operation.Decode(encoded));
        }
    }

    [Fact]
    public void Decode_AnyDamagedByte_ThrowsNothingButInvalidData()
    {
        var random = new Random(1);
        foreach (var operation in All)
        {
            var encoded = operation.Encode([operation.Empty]);
            for (var i = 0; i < 2000; i++)
            {
                var damaged = encoded.ToArray();
                damaged[random.Next(Math.Min(damaged.Length, 400))] = (byte)random.Next(256);
                Assert.True(DecodesOrRefuses(operation, damaged));
            }
        }
    }

    [Fact]
    public void FinestLevel_EveryOperation_IsTheFirstWorthCaching()
    {
        Assert.Equal([0, 2, 1, 1, 0, 0, 0], All.Select(operation => operation.FinestLevel));
        Assert.Equal(1, new EntropyOperation(1024).FinestLevel);
        Assert.Equal(2, new EntropyOperation(1 << 21).FinestLevel);
        Assert.Equal(3, new EntropyOperation(1 << 28).FinestLevel);
        foreach (var operation in All)
            Assert.True(Grid.SizeOf(operation.FinestLevel) >= Operation.CachedShare * operation.ResultSize(Grid.SizeOf(operation.FinestLevel)));
    }

    [Fact]
    public void Token_EveryOperation_NamesWhatDiffersFromTheDefault()
    {
        Assert.Equal(["HIST", "HIST-n2", "ENT", "DIFF", "STAT-f8", "STAT-u8", "STAT-i2"], All.Select(operation => operation.Token));
        Assert.Equal("ENT-w1024", new EntropyOperation(1024).Token);
        Assert.Equal("STAT-f8be-p3", new StatisticsOperation(ElementType.Parse(">f8"), 3).Token);
    }

    private static byte[] HostileHeader(string descr, long rows, long columns)
    {
        var text = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        return [.. NpyHeader.Write("|u1", 1)[..8], (byte)text.Length, 0, .. Encoding.Latin1.GetBytes(text), .. new byte[64]];
    }

    private static bool DecodesOrRefuses(Operation operation, byte[] encoded)
    {
        try
        {
            return operation.Decode(encoded).Count >= 0;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message.Length > 0;
        }
    }
}
