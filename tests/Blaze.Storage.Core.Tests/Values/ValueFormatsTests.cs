using System.Numerics;
using System.Text;
using Blaze.Storage.Core.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Values;

public sealed class ValueFormatsTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Decode_OfWhatWasEncoded_GivesItBack()
    {
        RoundTrips<int>(ValueFormat.Json);
        RoundTrips<long>(ValueFormat.Json);
        RoundTrips<ulong>(ValueFormat.Json);
        RoundTrips<byte>(ValueFormat.Json);
        RoundTrips<sbyte>(ValueFormat.Json);
        RoundTrips<short>(ValueFormat.Json);
        RoundTrips<double>(ValueFormat.Json);
        RoundTrips<float>(ValueFormat.Json);
        RoundTrips<decimal>(ValueFormat.Json);
        RoundTrips<bool>(ValueFormat.Json);
        RoundTrips<char[]>(ValueFormat.Json);
        RoundTrips<(int Count, string? Name)>(ValueFormat.Json);
        RoundTrips<List<double>>(ValueFormat.Json);
        RoundTrips<Dictionary<int, string?>>(ValueFormat.Json);
        RoundTrips<int?>(ValueFormat.Json);
        RoundTrips<Colour>(ValueFormat.Json);
        RoundTrips<byte[]>(ValueFormat.Raw);
        RoundTrips<double[]>(ValueFormat.Npy);
        RoundTrips<float[]>(ValueFormat.Npy);
        RoundTrips<int[]>(ValueFormat.Npy);
        RoundTrips<ulong[]>(ValueFormat.Npy);
        RoundTrips<sbyte[]>(ValueFormat.Npy);
        RoundTrips<bool[]>(ValueFormat.Npy);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void Encode_OfADouble_IsItsShortestText(double number, string text)
    {
        var value = ValueFormats.Encode(number);

        Assert.Equal(text, TextOf(value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(ValueFormats.Decode<double>(value, "x")));
        Assert.Equal(text, TextOf(ValueFormats.Encode<object>(number)).Replace("e", "E", StringComparison.Ordinal));
    }

    [Fact]
    public void Encode_OfObjects_IsJsonAsTheWebHasIt()
    {
        Assert.Equal("""{"firstName":"Ünï \"x\" <b>","age":3,"tags":["a"],"next":null}""", TextOf(ValueFormats.Encode(new Person("Ünï \"x\" <b>", 3, ["a"], null))));
        Assert.Equal("""{"item1":1,"item2":"a"}""", TextOf(ValueFormats.Encode((1, "a"))));
        Assert.Equal("[1,2]", TextOf(ValueFormats.Encode(new List<int> { 1, 2 })));
        Assert.Equal("null", TextOf(ValueFormats.Encode<string?>(null)));
        Assert.Equal("\"NaN\"", TextOf(ValueFormats.Encode<object>(double.NaN)));
    }

    [Fact]
    public void Decode_OfAnObject_GivesItsEqual()
    {
        var person = new Person("a", 3, ["x", "y"], new Person("b", 4, [], null));
        var back = ValueFormats.Decode<Person>(ValueFormats.Encode(person), "x")!;
        Assert.Equal(person.Next! with { Tags = [] }, back.Next! with { Tags = person.Next.Tags });
        Assert.Equal(person.Tags, back.Tags);
    }

    [Fact]
    public void Decode_OfNull_IsNullForAllThatCanBe()
    {
        foreach (var type in new[] { typeof(string), typeof(byte[]), typeof(double[]), typeof(NdArray<int>), typeof(Stream), typeof(object), typeof(Person), typeof(int?) })
        {
            var value = ValueFormats.Encode(null, type);
            Assert.Equal("null", TextOf(value));
            Assert.Null(ValueFormats.Decode(value, type, "x"));
        }

        Assert.Throws<ValueException>(() => ValueFormats.Decode<int>(ValueFormats.Encode<string?>(null), "x"));
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData(" 12 ", 12)]
    [InlineData("\"12\"", 12)]
    [InlineData("-3", -3)]
    public void Decode_OfAnIntegersText_GivesIt(string text, int number) =>
        Assert.Equal(number, ValueFormats.Decode<int>(Json(text), "x"));

    [Theory]
    [InlineData("")]
    [InlineData("012")]
    [InlineData("1.5")]
    [InlineData("1 2")]
    [InlineData("9999999999")]
    [InlineData("+1")]
    [InlineData("{")]
    [InlineData("true")]
    public void Decode_OfAnotherText_ThrowsForAnInteger(string text)
    {
        Assert.Throws<ValueException>(() => ValueFormats.Decode<int>(Json(text), "x"));
        Assert.Throws<ValueException>(() => ValueFormats.Decode<int>(new Value(ValueFormat.Json, InPieces(Encoding.UTF8.GetBytes(text))), "x"));
    }

    [Theory]
    [InlineData("1.")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    [InlineData("1e")]
    public void Decode_OfNoJsonNumber_ThrowsForADouble(string text) =>
        Assert.Throws<ValueException>(() => ValueFormats.Decode<double>(Json(text), "x"));

    [Fact]
    public void Decode_AsAnotherType_SaysWhatTheValueIs()
    {
        AssertMessage<string>(ValueFormats.Encode(new double[3]), "The value of inc-1 is npy of float64, not a string.");
        AssertMessage<int[]>(ValueFormats.Encode(new NdArray<float>(new float[6], 2, 3)), "The value of inc-1 is npy of float32 with shape (2, 3), not an int[].");
        AssertMessage<int>(ValueFormats.Encode("1x"), "The value of inc-1 is a JSON string, not an int.");
        AssertMessage<byte[]>(ValueFormats.Encode(1), "The value of inc-1 is a JSON number, not a byte[].");
        AssertMessage<List<int>>(ValueFormats.Encode(new byte[2]), "The value of inc-1 is raw bytes, not a List<int>.");
        AssertMessage<int>(new Value("arrow", new byte[2]), "The value of inc-1 is of the format 'arrow', not an int.");
        AssertMessage<object>(new Value("arrow", new byte[2]), "The value of inc-1 is of the format 'arrow', not an object.");
        AssertMessage<Person>(Json("""{"age":"x"}"""), "The value of inc-1 is a JSON object, not a Person (see $.age).");
        AssertMessage<Stream>(Json("[]"), "The value of inc-1 is a JSON list, not a Stream.");
        AssertMessage<double[]>(new Value(ValueFormat.Npy, "x"u8.ToArray()), "The value of inc-1 cannot be read: The file is not a .npy file: it does not begin with \\x93NUMPY.");
    }

    [Fact]
    public void Encode_OfWhatCannotTravel_SaysSo()
    {
        Assert.StartsWith("A value of type Func<int> cannot be turned into bytes: ", Assert.Throws<ValueException>(() => ValueFormats.Encode(() => 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ValueException>(() => ValueFormats.Encode(new int[2, 2]));
        Assert.Throws<ValueException>(() => ValueFormats.Encode(null, typeof(void)));
        Assert.Throws<ValueException>(() => ValueFormats.Encode(null, typeof(List<>)));
        var circle = new List<object>();
        circle.Add(circle);
        Assert.Throws<ValueException>(() => ValueFormats.Encode(circle));
    }

    [Fact]
    public void Decode_OfAnUndeclaredType_FollowsTheFormat()
    {
        Assert.Equal([1, 2], Assert.IsType<byte[]>(ValueFormats.Decode<object>(ValueFormats.Encode<object>(new byte[] { 1, 2 }), "x")));
        Assert.Equal([1.5], Assert.IsType<double[]>(ValueFormats.Decode<object>(ValueFormats.Encode<object>(new[] { 1.5 }), "x")));
        Assert.Equal([2], Assert.IsType<NdArray<Complex>>(ValueFormats.Decode<object>(ValueFormats.Encode<object>(new NdArray<Complex>([2])), "x")).Data);
        Assert.Equal("1", ValueFormats.Decode<object>(ValueFormats.Encode<object>(1), "x")!.ToString());
    }

    [Fact]
    public void Decode_OfBytes_GivesViewsOnlyWhereNobodyWrites()
    {
        byte[] bytes = [1, 2, 3];
        var value = ValueFormats.Encode(bytes);

        Assert.True(ValueFormats.Decode<ReadOnlyMemory<byte>>(value, "x").Span.Overlaps(bytes));
        Assert.False(ValueFormats.Decode<byte[]>(value, "x").AsSpan().Overlaps(bytes));
        Assert.False(ValueFormats.Decode<Memory<byte>>(value, "x").Span.Overlaps(bytes));
        Assert.True(value.Overlaps(ValueFormats.Encode<ReadOnlyMemory<byte>>(bytes.AsMemory(1))));
        Assert.False(value.Overlaps(ValueFormats.Encode<byte[]>([1, 2, 3])));
    }

    [Fact]
    public void Stream_OfAnyLength_IsReadToItsEndAndBack()
    {
        foreach (var length in new[] { 0, 1, 65_535, 65_536, 500_000 })
        {
            var bytes = new byte[length];
            new Random(1).NextBytes(bytes);

            var value = ValueFormats.Encode<Stream>(new MemoryStream(bytes));
            using var back = ValueFormats.Decode<Stream>(value, "x")!;

            Assert.Equal(ValueFormat.Raw, value.Format);
            Assert.Equal(length, back.Length);
            var copy = new MemoryStream();
            back.CopyTo(copy);
            Assert.Equal(bytes, copy.ToArray());
            back.Seek(-Math.Min(length, 3), SeekOrigin.End);
            Assert.Equal(bytes[^Math.Min(length, 3)..], new BinaryReader(back).ReadBytes(10));
        }
    }

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("raw", "application/octet-stream")]
    [InlineData("npy", "application/x-npy")]
    [InlineData("arrow.v2", "application/vnd.blaze.arrow.v2")]
    public void MediaType_OfAFormat_GivesItBack(string format, string mediaType)
    {
        Assert.Equal(mediaType, ValueFormat.MediaTypeOf(format));
        Assert.Equal(format, ValueFormat.OfMediaType(mediaType + "; charset=utf-8"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/vnd.blaze.")]
    [InlineData("application/vnd.blaze.a b")]
    [InlineData("application/vnd.blaze..x")]
    public void OfMediaType_Unknown_IsRaw(string? mediaType) => Assert.Equal("raw", ValueFormat.OfMediaType(mediaType));

    private static void RoundTrips<T>(string format) =>
        Prop.ForAll(ArbMap.Default.ArbFor<T>(), original =>
        {
            var type = typeof(T);
            var value = ValueFormats.Encode(original);
            var pieces = new Value(value.Format, InPieces(ValueBytes(value)));
            Assert.Equal(original is null ? ValueFormat.Json : format, value.Format);
            Assert.Equal(original, ValueFormats.Decode<T>(value, "x"));
            Assert.Equal(original, ValueFormats.Decode<T>(pieces, "x"));
            Assert.Equal(original, (T?)ValueFormats.Decode(ValueFormats.Encode(original, type), type, "x"));
        }).QuickCheckThrowOnFailure();

    private static System.Buffers.ReadOnlySequence<byte> InPieces(byte[] bytes) =>
        Segments.Join(bytes.AsMemory(0, bytes.Length / 3), bytes.AsMemory(bytes.Length / 3));

    private static byte[] ValueBytes(in Value value) => value.Contiguous().ToArray();

    private static void AssertMessage<T>(Value value, string message) =>
        Assert.Equal(message, Assert.Throws<ValueException>(() => ValueFormats.Decode<T>(value, "inc-1")).Message);

    private static Value Json(string text) => new(ValueFormat.Json, Encoding.UTF8.GetBytes(text));

    private static string TextOf(in Value value)
    {
        Assert.Equal(ValueFormat.Json, value.Format);
        return Encoding.UTF8.GetString(value.Contiguous().Span);
    }

    public sealed record Person(string FirstName, int Age, IReadOnlyList<string> Tags, Person? Next);
}
