using System.Buffers;
using System.Numerics;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Tests.Values;

public sealed class NpyValueTests
{
    // What numpy.save writes: magic, version, the length of the header's text, the text padded with spaces to 128 bytes, and the elements.
    [Theory]
    [InlineData("<f8", "(2,)", "000000000000f03f00000000000004c0")]
    [InlineData(">f8", "(2,)", "3ff0000000000000c004000000000000")]
    public void Decode_OfNumpysBytes_GivesTheNumbers(string descr, string shape, string elements) =>
        Assert.Equal([1.0, -2.5], ValueFormats.Decode<double[]>(File(descr, false, shape, elements), "x")!);

    [Fact]
    public void Encode_OfAnArray_IsNumpysBytes()
    {
        Assert.Equal(Bytes(File("<f8", false, "(2,)", "000000000000f03f00000000000004c0")), Bytes(ValueFormats.Encode(new[] { 1.0, -2.5 })));
        Assert.Equal(Bytes(File("<i4", false, "(2, 2)", "01000000020000000300000004000000")), Bytes(ValueFormats.Encode(new NdArray<int>([1, 2, 3, 4], 2, 2))));
        Assert.Equal(Bytes(File("<i8", false, "()", "0700000000000000")), Bytes(ValueFormats.Encode(new NdArray<long>([7]))));
        Assert.Equal(Bytes(File("|b1", false, "(2,)", "0100")), Bytes(ValueFormats.Encode(new[] { true, false })));
        Assert.Equal(Bytes(File("|u1", false, "(0, 3)", "")), Bytes(ValueFormats.Encode(new NdArray<byte>([], 0, 3))));
        Assert.Equal(Bytes(File("<f2", false, "(1,)", "003e")), Bytes(ValueFormats.Encode(new[] { (Half)1.5 })));
        Assert.Equal(Bytes(File("<c16", false, "(1,)", "000000000000f03f0000000000000040")), Bytes(ValueFormats.Encode(new[] { new Complex(1, 2) })));
    }

    [Fact]
    public void Encode_OfAnArray_CopiesNoElement()
    {
        var numbers = new double[1000];
        var value = ValueFormats.Encode(numbers);
        numbers[999] = 5;
        Assert.Equal(5, ValueFormats.Decode<double[]>(value, "x")![999]);
    }

    [Fact]
    public void Decode_OfFortranOrder_IsInCOrder()
    {
        // [[1, 2, 3], [4, 5, 6]] column by column.
        var array = ValueFormats.Decode<NdArray<byte>>(File("|u1", true, "(2, 3)", "010402050306"), "x")!;
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Data);
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(6, array[1, 2]);

        var cube = new byte[24];
        for (var i = 0; i < 24; i++)
            cube[(i / 12) + (i / 4 % 3 * 2) + (i % 4 * 6)] = (byte)i;
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), ValueFormats.Decode<NdArray<byte>>(File("|u1", true, "(2, 3, 4)", Convert.ToHexString(cube)), "x")!.Data);
    }

    [Fact]
    public void Decode_OfBigEndianNumbers_TurnsThemAround()
    {
        Assert.Equal([258, -2], ValueFormats.Decode<short[]>(File(">i2", false, "(2,)", "0102fffe"), "x")!);
        Assert.Equal([16909060u], ValueFormats.Decode<uint[]>(File(">u4", false, "(1,)", "01020304"), "x")!);
        Assert.Equal([new Complex(1, 2)], ValueFormats.Decode<Complex[]>(File(">c16", false, "(1,)", "3ff00000000000004000000000000000"), "x")!);
    }

    [Fact]
    public void Decode_OfASingleElement_GivesANumber()
    {
        Assert.Equal(7, ValueFormats.Decode<long>(File("<i8", false, "()", "0700000000000000"), "x"));
        Assert.Throws<ValueException>(() => ValueFormats.Decode<long>(File("<i8", false, "(1,)", "0700000000000000"), "x"));
        Assert.Throws<ValueException>(() => ValueFormats.Decode<int>(File("<i8", false, "()", "0700000000000000"), "x"));
    }

    [Theory]
    [InlineData("<f8", "(3,)", "000000000000f03f")]
    [InlineData("<f8", "(9223372036854775807,)", "000000000000f03f")]
    [InlineData("<f8", "(2305843009213693952,)", "000000000000f03f")]
    [InlineData("<f8", "(0, 9223372036854775807)", "")]
    public void Decode_OfAFileThatLies_Throws(string descr, string shape, string elements) =>
        Assert.Throws<ValueException>(() => ValueFormats.Decode<NdArray<double>>(File(descr, false, shape, elements), "x"));

    [Fact]
    public void Decode_AsMemory_IsAViewWhereItCanBe()
    {
        var numbers = new[] { 1.0, 2.0 };
        Assert.True(ValueFormats.Decode<ReadOnlyMemory<double>>(ValueFormats.Encode(numbers), "x").Span.Overlaps(numbers));
        Assert.False(ValueFormats.Decode<Memory<double>>(ValueFormats.Encode(numbers), "x").Span.Overlaps(numbers));
        Assert.Equal([1.0, -2.5], ValueFormats.Decode<ReadOnlyMemory<double>>(File(">f8", false, "(2,)", "3ff0000000000000c004000000000000"), "x").ToArray());
        using var pin = ValueFormats.Decode<ReadOnlyMemory<double>>(ValueFormats.Encode(numbers), "x").Pin();
    }

    [Fact]
    public void Decode_OfAJsonList_GivesAnArray() =>
        Assert.Equal([1.5, double.NaN], ValueFormats.Decode<double[]>(new Value("json", "[1.5,\"NaN\"]"u8.ToArray()), "x")!);

    [Fact]
    public void Decode_AsAnyListOfNumbers_TakesAnArray()
    {
        Assert.Equal([1.0], ValueFormats.Decode<IReadOnlyList<double>>(ValueFormats.Encode(new[] { 1.0 }), "x")!);
        Assert.Equal([1], ValueFormats.Decode<IEnumerable<int>>(ValueFormats.Encode(new[] { 1 }), "x")!);
        Assert.Throws<ValueException>(() => ValueFormats.Decode<IEnumerable<long>>(ValueFormats.Encode(new[] { 1 }), "x"));
    }

    [Fact]
    public void NdArray_WithAShapeThatDoesNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => new NdArray<int>([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NdArray<int>([], -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NdArray<int>([1, 2], 1, 2)[0, 2]);
        Assert.Throws<ArgumentException>(() => new NdArray<int>([1, 2], 1, 2)[0]);
    }

    private static Value File(string descr, bool fortranOrder, string shape, string elements)
    {
        var text = $"{{'descr': '{descr}', 'fortran_order': {(fortranOrder ? "True" : "False")}, 'shape': {shape}, }}";
        var header = text.PadRight(128 - 11) + "\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. Convert.FromHexString(elements)];
        return new Value(ValueFormat.Npy, bytes);
    }

    private static byte[] Bytes(in Value value) => value.Bytes.ToArray();
}
