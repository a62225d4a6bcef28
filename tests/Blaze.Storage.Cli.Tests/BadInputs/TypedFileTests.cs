namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Types that do not fit the bytes, and <c>.npy</c> files that break their own rules.</summary>
[Collection(BadWorld.Sharing)]
public sealed class TypedFileTests(BadWorld world)
{
    private const string Advice = "no usable .npy file|rename it and give --dtype";

    [Theory]
    [InlineData("--dtype u2 odd", "/odd|0:1001|u2|2 bytes")]
    [InlineData("--dtype f8 odd", "/odd|0:1001|f8|8 bytes")]
    [InlineData("--dtype >f4 odd", "/odd|0:1001|>f4|4 bytes")]
    [InlineData("--dtype f8 --range 1:9 file", "/file|1:9|f8")]
    [InlineData("--dtype u4 --range 0:10 file", "/file|0:10|u4")]
    [InlineData("--dtype u4 --range 2: file", "/file|2:1000|u4")]
    [InlineData("--dtype i8 file odd", "/odd|0:1001|i8")]
    [InlineData("--dtype u8 dir", "/dir/one|0:100|u8")]
    [InlineData("--range 81:97 good.npy", "/good.npy|f8")]
    public Task Type_ThatDoesNotDivideTheBytes_Fails(string arguments, string words) =>
        world.AssertRefusedAsync($"stat {arguments}", ExitCodes.Failed, words + "|choose another dtype or range");

    [Theory]
    [InlineData("file", "/file|is not known|--dtype f8")]
    [InlineData("dir", "/dir/one|is not known|--dtype f8")]
    [InlineData("good.npy file", "/file|is not known|--dtype f8")]
    [InlineData("--dtype f4 good.npy", "/good.npy|are f8, not f4|leave --dtype out")]
    [InlineData("--dtype >f8 good.npy", "/good.npy|are f8, not >f8|leave --dtype out")]
    [InlineData("--dtype f8 big-endian.npy", "/big-endian.npy|are >f8, not f8|leave --dtype out")]
    [InlineData("good.npy integers.npy", "/integers.npy|f8|i4|one type at a time")]
    [InlineData("good.npy big-endian.npy", "/big-endian.npy|f8|>f8|one type at a time")]
    public Task Type_MissingOrContradicted_Fails(string arguments, string words) => world.AssertRefusedAsync($"stat {arguments}", ExitCodes.Failed, words);

    [Theory]
    [InlineData("nothing", "ends within its header")]
    [InlineData("half-magic", "ends within its header")]
    [InlineData("only-magic", "ends within its header")]
    [InlineData("wrong-magic", "does not begin with \\x93NUMPY")]
    [InlineData("zeroes", "does not begin with \\x93NUMPY")]
    [InlineData("version9", "version 9")]
    [InlineData("version0", "version 0")]
    [InlineData("cut-header", "ends within its header")]
    [InlineData("long-header", "ends within its header")]
    [InlineData("endless-header", "4294967295")]
    [InlineData("no-dictionary", "broken")]
    [InlineData("no-header", "broken")]
    [InlineData("open-dictionary", "broken")]
    [InlineData("no-descr", "'descr' is missing")]
    [InlineData("no-shape", "'shape' is missing")]
    [InlineData("no-order", "'fortran_order' is missing")]
    [InlineData("other-key", "'x'")]
    [InlineData("double-key", "'descr' twice")]
    [InlineData("odd-order", "neither True nor False")]
    [InlineData("more-after", "something follows")]
    [InlineData("object", "|O")]
    [InlineData("record", "type")]
    [InlineData("text", "<U8")]
    [InlineData("complex", "<c16")]
    [InlineData("half-floats", "<f2")]
    [InlineData("dates", "<M8[ns]")]
    [InlineData("line-in-descr", "type")]
    [InlineData("negative-shape", "no length")]
    [InlineData("number-shape", "not a tuple")]
    [InlineData("text-shape", "no length")]
    [InlineData("huge-shape", "more elements than a file can hold")]
    [InlineData("overflowing-size", "promises 2305843009213693956 elements")]
    [InlineData("overflowing-axis", "no length")]
    [InlineData("many-axes", "more than 64 axes")]
    [InlineData("too-short", "promises 4 elements of 8 bytes|31 bytes follow")]
    [InlineData("too-long", "promises 4 elements of 8 bytes|33 bytes follow")]
    [InlineData("no-data", "promises 4 elements of 8 bytes|0 bytes follow")]
    [InlineData("bad-utf8", "UTF-8")]
    public Task Npy_Broken_FailsWithWhatIsWrong(string name, string words) =>
        world.AssertRefusedAsync($"stat {name}.npy", ExitCodes.Failed, $"/{name}.npy|{Advice}|{words.Replace("|O", "O", StringComparison.Ordinal)}");

    [Theory]
    [InlineData("stat good.npy")]
    [InlineData("stat --dtype f8 good.npy")]
    [InlineData("stat --dtype <f8 good.npy")]
    [InlineData("stat fortran.npy")]
    [InlineData("stat scalar.npy")]
    [InlineData("stat no-elements.npy")]
    [InlineData("stat version2.npy")]
    [InlineData("stat good.npy fortran.npy")]
    [InlineData("stat --dtype u1 odd")]
    [InlineData("stat --dtype f8 --range 8:24 file")]
    [InlineData("hist zeroes.npy")]
    public async Task TypedFile_ThatLooksBadButIsNot_IsAnswered(string line) => (await world.RunAsync(line)).AssertAnswered();
}
