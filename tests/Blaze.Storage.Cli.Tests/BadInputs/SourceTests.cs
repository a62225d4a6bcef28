namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Every question about every kind of source that cannot be read.</summary>
[Collection(BadWorld.Sharing)]
public sealed class SourceTests(BadWorld world)
{
    private const string Missing = "does not exist|check the name";
    private const string NoFiles = "There is no file in the directory|name one that has files";
    private const string NoMatch = "No file matches|check the pattern";
    private const string NotRegular = "is not a regular file|copy what it gives into a file first";
    private const string Circle = "lead in a circle|remove the link";
    private const string TooLong = "too long|255";
    private const string NoStore = "there is no store";

    /// <summary>The questions; <c>#</c> is where the source goes.</summary>
    public static TheoryData<string> Questions =>
        ["hist #", "hist --n 2 file #", "hist --each #", "ent #", "stat --dtype u1 #", "diff # file", "diff file #"];

    /// <summary>The sources that only a look at them shows to be bad, with what is said of them.</summary>
    public static TheoryData<string, string> Sources => new()
    {
        { "nowhere", "nowhere|" + Missing },
        { "nowhere/file", "nowhere/file|" + Missing },
        { "file/below", "file/below|" + Missing },
        { "{folder}/nowhere", "/nowhere|" + Missing },
        { "file://{folder}/nowhere", "/nowhere|" + Missing },
        { "file://{folder}/no%FFwhere", "file:///|no%FFwhere|" + Missing },
        { "no{newline}where", "no%0Awhere|" + Missing },
        { "no{escape}where", "no%1B%5B31mwhere|" + Missing },
        { "[a-", "[a-|" + Missing },
        { "~/nowhere", "~/nowhere|" + Missing },
        { "dangling", "dangling|" + Missing },
        { "hollow", "/hollow|" + NoFiles },
        { "hollow/", "/hollow|" + NoFiles },
        { "nested", "/nested|" + NoFiles },
        { "pipes", "/pipes|" + NoFiles },
        { "*.nothing", "/*.nothing|" + NoMatch },
        { "hollow/**", "/hollow/**|" + NoMatch },
        { "nowhere/*", "/nowhere/*|" + NoMatch },
        { "pipe*/*", "/pipe*/*|" + NoMatch },
        { "pipe", "/pipe|named pipe|" + NotRegular },
        { "socket", "/socket|a socket|" + NotRegular },
        { "/dev/zero", "/dev/zero|character device|" + NotRegular },
        { "/dev/null", "/dev/null|character device|" + NotRegular },
        { "/dev/random", "/dev/random|character device|" + NotRegular },
        { "/proc/self/mem", "/proc/self/mem|copy what it gives into a file first" },
        { "/proc/version", "/proc/version|copy what it gives into a file first" },
        { "loop", "/loop|" + Circle },
        { "loop1", "/loop1|" + Circle },
        { "loop/below", "/loop/below|" + Circle },
        { "circle", "/circle/again|" + Circle },
        { "{300}", "xxx|" + TooLong },
        { "{5000}", "xxx|" + TooLong },
        { "gs://bucket/key", "gs://bucket/key|" + NoStore },
        { "http://127.0.0.1/key", "http://127.0.0.1/key|" + NoStore },
        { "gopher://host", "gopher://host|" + NoStore },
    };

    /// <summary>The sources whose very text shows that they can be none.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "{nothing}", "source is empty|name a file" },
        { "{blank}", "source is empty|name a file" },
        { "a{NUL}b", "NUL" },
        { "file:///a%00b", "NUL" },
        { "{broken}", "UTF-8|%XX" },
        { "{surrogate}", "half a character" },
        { "file:///%zz", "%zz|two hexadecimal digits" },
        { "file:///a%", "two hexadecimal digits" },
        { "file://host/a", "'host'|file:///path" },
        { "s3://", "bucket" },
        { "s3:///key", "bucket" },
        { "http://us^er/key", "bucket or host" },
    };

    [Theory]
    [MemberData(nameof(EveryQuestion), nameof(Sources))]
    public Task Source_ThatCannotBeRead_FailsWithItsName(string line, string words) => world.AssertRefusedAsync(line, ExitCodes.Failed, words);

    [Theory]
    [MemberData(nameof(EveryQuestion), nameof(Texts))]
    public Task Source_ThatCanBeNone_IsBadUsage(string line, string words) => world.AssertRefusedAsync(line, ExitCodes.BadUsage, words);

    [Theory]
    [InlineData("hist line{newline}break")]
    [InlineData("hist bytes")]
    [InlineData("hist file://{folder}/bytes/a%FF")]
    [InlineData("hist x[1].bin")]
    [InlineData("hist link")]
    [InlineData("hist empty")]
    [InlineData("ent empty")]
    [InlineData("stat --dtype f8 empty")]
    [InlineData("hist empties")]
    [InlineData("diff empty empty")]
    [InlineData("diff empty file")]
    [InlineData("diff file file")]
    [InlineData("hist file:///{folder}//./nowhere/../file")]
    public async Task Source_ThatLooksBadButIsNot_IsAnswered(string line) => (await world.RunAsync(line)).AssertAnswered();

    [Theory]
    [InlineData("diff dir file", "exactly two files|3")]
    [InlineData("diff file dir", "exactly two files|3")]
    [InlineData("diff dir dir", "exactly two files|4")]
    [InlineData("diff [ef]* file", "exactly two files")]
    public Task Diff_OfMoreThanTwo_Fails(string line, string words) => world.AssertRefusedAsync(line, ExitCodes.Failed, words);

    [Fact]
    public async Task Each_SomeBad_AnswersTheOthersAndNamesTheBad()
    {
        var outcome = await world.RunAsync("hist --each --json nowhere file pipe *.nothing link");
        Assert.Equal(ExitCodes.Failed, outcome.ExitCode);
        Assert.Equal(2, outcome.Results.Count(c => c == '\n'));
        Assert.Equal(3, outcome.Error.Count(c => c == '\n'));
        await world.AssertIdleAsync();
    }

    public static TheoryData<string, string> EveryQuestion(string sources)
    {
        var all = new TheoryData<string, string>();
        foreach (var (source, words) in (sources == nameof(Sources) ? Sources : Texts).Select(row => row.Data))
        {
            foreach (var question in Questions.Select(row => row.Data))
                all.Add(question.Replace("#", source, StringComparison.Ordinal), words);
        }

        return all;
    }
}
