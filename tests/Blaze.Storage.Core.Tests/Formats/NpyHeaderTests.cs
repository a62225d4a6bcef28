using System.Buffers.Binary;
using System.Text;
using Blaze.Storage.Core.Formats;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Formats;

public sealed class NpyHeaderTests
{
    private const string Good = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryRead_EveryVersion_ReadsIt(byte version)
    {
        var header = NpyHeader.Read(File(version, Good));
        Assert.Equal(("<f8", false, 12), (header.Descr, header.FortranOrder, header.ElementCount));
        Assert.Equal([3, 4], header.Shape);
        Assert.Equal((version == 1 ? 10 : 12) + Good.Length, header.DataOffset);
    }

    [Theory]
    [InlineData("{\"shape\": (5L,), \"fortran_order\": True, \"descr\": \"|u1\"}\n", "|u1", true, 5)]
    [InlineData("{'shape':(),'descr':'>i4','fortran_order':False}", ">i4", false, 1)]
    [InlineData("{'descr': [('a, )]', '<f8'), ('b', '<i4', (2, 2))], 'fortran_order': False, 'shape': (0, 9), }   \n", "[('a, )]', '<f8'), ('b', '<i4', (2, 2))]", false, 0)]
    public void TryRead_OtherSpelling_ReadsIt(string text, string descr, bool fortranOrder, long count)
    {
        var header = NpyHeader.Read(File(1, text));
        Assert.Equal((descr, fortranOrder, count), (header.Descr, header.FortranOrder, header.ElementCount));
    }

    [Fact]
    public void TryRead_EveryShorterSpan_SaysHowManyBytesItNeeds()
    {
        foreach (byte version in new byte[] { 1, 2, 3 })
        {
            var file = File(version, Good);
            for (var length = 0; length < file.Length; length++)
            {
                Assert.False(NpyHeader.TryRead(file.AsSpan(0, length), out _, out var needed));
                Assert.InRange(needed, length + 1, Math.Max(12, file.Length));
                Assert.Throws<InvalidDataException>(() => NpyHeader.Read(file.AsSpan(0, length)));
            }
        }
    }

    [Theory]
    [InlineData("    ")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'descr': '<f8', 'shape': (1,)}")]
    [InlineData("{'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': 1}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f8, 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': [('a', '<f8'), 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f\\x38', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} 1")]
    [InlineData("{'descr': '<f8' 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1 2)}")]
    public void TryRead_BrokenText_ThrowsOneSentence(string text)
    {
        var exception = Assert.Throws<InvalidDataException>(() => NpyHeader.Read(File(1, text)));
        Assert.StartsWith("The .npy header", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_TooManyAxes_Throws() => Assert.Throws<InvalidDataException>(() =>
        NpyHeader.Read(File(1, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1, ", 65))})}}")));

    [Fact]
    public void TryRead_HostileLength_ThrowsInsteadOfAskingForIt()
    {
        var file = File(2, Good);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), uint.MaxValue);
        Assert.Throws<InvalidDataException>(() => NpyHeader.TryRead(file, out _, out _));
    }

    [Fact]
    public void TryRead_InvalidUtf8_Throws()
    {
        var file = File(3, Good);
        file[20] = 0xff;
        Assert.Throws<InvalidDataException>(() => NpyHeader.TryRead(file, out _, out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, (byte)'n')]
    [InlineData(6, 0)]
    [InlineData(6, 4)]
    public void TryRead_WrongMagicOrVersion_Throws(int at, byte value)
    {
        var file = File(1, Good);
        file[at] = value;
        Assert.Throws<InvalidDataException>(() => NpyHeader.TryRead(file, out _, out _));
    }

    [Fact]
    public void TryRead_AnyDamage_ThrowsNothingButInvalidData() => Prop.ForAll(
        Arb.From(from at in Gen.Choose(0, Good.Length + 9) from value in Gen.Choose(0, 255) select (at, (byte)value)),
        damage =>
        {
            var file = File(1, Good);
            file[damage.at] = damage.Item2;
            try
            {
                NpyHeader.TryRead(file, out _, out _);
            }
            catch (InvalidDataException exception)
            {
                Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Write_AnyShape_ReadsBackAligned()
    {
        foreach (var shape in new long[][] { [], [7], [0], [3, 256], [1, 2, 3, long.MaxValue / 6] })
        {
            foreach (var descr in new[] { "<f8", "[('count', '<i8'), ('nan', '<i8')]" })
            {
                var bytes = NpyHeader.Write(descr, shape);
                var header = NpyHeader.Read(bytes);
                Assert.Equal((descr, false, (long)bytes.Length), (header.Descr, header.FortranOrder, header.DataOffset));
                Assert.Equal(shape, header.Shape);
                Assert.Equal(0, bytes.Length % 64);
                Assert.Equal((byte)'\n', bytes[^1]);
            }
        }
    }

    // What numpy.save writes for numpy.zeros((2, 3), 'u2'), down to the padding.
    [Fact]
    public void Write_PlainArray_IsByteForByteWhatNumpyWrites()
    {
        var text = "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n";
        Assert.Equal(File(1, text), NpyHeader.Write("<u2", 2, 3));
        Assert.Equal(File(1, "{'descr': '<u2', 'fortran_order': False, 'shape': (2,), }".PadRight(117) + "\n"), NpyHeader.Write("<u2", 2));
    }

    private static byte[] File(byte version, string text)
    {
        var length = new byte[version == 1 ? 2 : 4];
        length[0] = (byte)text.Length;
        length[1] = (byte)(text.Length >> 8);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(text)];
    }
}
