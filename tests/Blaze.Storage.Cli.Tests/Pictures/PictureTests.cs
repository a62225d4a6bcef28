using Blaze.Storage.Cli.Output;
using Blaze.Storage.Cli.Pictures;
using Blaze.Storage.Cli.Tests.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Pictures;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Cli.Tests.Pictures;

public sealed class PictureTests
{
    private static readonly Dictionary<string, Func<JobSnapshot>> Subjects = new()
    {
        ["text"] = Samples.Text,
        ["flat"] = () => Samples.Histogram([.. Enumerable.Range(0, 256).Select(value => (value, 1000L + value))]),
        ["one-bin"] = () => Samples.Histogram((0, 512)),
        ["no-bytes"] = () => Samples.Histogram(),
        ["pairs"] = () => Samples.Pairs([.. Enumerable.Range(0, 60000).Select(index => (((index % 251 * 7 % 96) + 32) << 8 | ((index % 83) + 32), (long)(index % 17)))]),
        ["entropy"] = () => Samples.Entropy(1024, [.. Enumerable.Range(0, 1000).Select(index => index < 300 ? 4.5 : index < 500 ? 0 : 7.95)], 700 * 1024, 300 * 1024),
        ["entropy-partial"] = PartialEntropy,
        ["difference"] = () => Samples.Difference(1_000_000, new ByteRange(10, 11), new ByteRange(300_000, 300_400), new ByteRange(700_000, 1_000_000)),
        ["difference-partial"] = PartialDifference,
        ["statistics"] = () => Samples.Statistics("i8", new Moments(1_000_000, 0, Number.Of((Int128)123456789012345), Number.Of((Int128)(-5)), Number.Of((Int128)1 << 62), 1e9)),
        ["statistics-partial"] = PartialStatistics,
    };

    public static TheoryData<string, int, bool> Cases()
    {
        var cases = new TheoryData<string, int, bool>();
        foreach (var name in Subjects.Keys)
        {
            foreach (var width in (int[])[40, 80, 120])
            {
                cases.Add(name, width, true);
                cases.Add(name, width, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draw_KnownSubject_LooksAsBefore(string subject, int width, bool unicode)
    {
        var style = new PictureStyle(width, 24, unicode, Colour: false);
        var picture = Frame.Draw(Subjects[subject](), 1 << 20, style);
        if (!unicode)
            Assert.True(picture.ToText().All(char.IsAscii));
        GoldenPictures.Check($"{subject}-{width}-{(unicode ? "unicode" : "ascii")}", picture, style);
    }

    [Fact]
    public void Draw_PairsInColour_AreHalfBlocks()
    {
        var style = new PictureStyle(80, 24, Unicode: true, Colour: true);
        var picture = Frame.Draw(Subjects["pairs"](), 0, style);
        GoldenPictures.Check("pairs-80-colour", picture, style);
        Assert.Contains(picture.Lines.SelectMany(line => line), run => run.Text.Contains('▀') && run.Foreground != run.Background);
    }

    [Fact]
    public void Draw_OddSizesAndValues_NeverThrowsNorOverflows()
    {
        double[] odd = [0, -1, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 1e18];
        var property =
            from seed in Gen.Choose(0, int.MaxValue)
            from width in Gen.Choose(1, 300)
            from height in Gen.Choose(1, 60)
            from look in Gen.Choose(0, 3)
            from bins in Gen.Elements(0, 1, 255, 256, 65536)
            select (seed, new PictureStyle(width, height, (look & 1) != 0, (look & 2) != 0), bins);
        Prop.ForAll(property.ToArbitrary(), drawn =>
        {
            var (seed, style, bins) = drawn;
            var random = new Random(seed);
            double Odd() => odd[random.Next(odd.Length)];
            var counts = new double[bins];
            for (var i = 0; i < bins; i++)
                counts[i] = Odd();
            var strip = new Strip(random.Next(0, 3) * 1000L, style.PlotWidth(StripPicture.LabelWidth));
            for (var i = 0; i < 50; i++)
                strip.Add(random.Next(-2000, 3000), random.Next(-10, 3000), Odd());
            Picture[] pictures =
            [
                HistogramPicture.Draw(counts, style),
                DigraphPicture.Draw(counts, style),
                StripPicture.Draw(strip, value => value, "8", "4", style),
                StripPicture.Draw(strip, _ => Odd(), "8", "4", style),
                Frame.Draw(PartialStatistics() with { Estimate = new StatisticsEstimate(Odd(), 1, Number(), Number(), Number(), Number(), Number()), Coverage = Odd() }, Odd(), style),
            ];
            EstimatedNumber Number() => new(Odd(), Odd());
            return pictures.All(picture => picture.ToText().Split('\n').All(line => line.Length <= style.Width));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Draw_HeightOfTerminal_IsKept()
    {
        foreach (var height in (int[])[6, 10, 24, 50])
        {
            foreach (var subject in Subjects.Keys.Where(name => !name.StartsWith("stat", StringComparison.Ordinal)))
                Assert.InRange(Frame.Draw(Subjects[subject](), 0, new PictureStyle(200, height, true, true)).Lines.Count, 1, height);
        }
    }

    [Theory]
    [InlineData("file:///d/%1B%5B2J%0Ax.bin", true, "?[2J?x.bin")]
    [InlineData("file:///d/%E6%97%A5%E6%9C%AC", true, "日本")]
    [InlineData("file:///d/%E6%97%A5%E6%9C%AC", false, "??")]
    [InlineData("file:///d/%FF%zz%", true, "%zz%")]
    public void Draw_StrangeName_IsOneHarmlessLine(string uri, bool unicode, string expected)
    {
        var plain = Samples.Histogram((0, 1));
        var snapshot = plain with { Detail = plain.Detail! with { Sources = [new JobSource(uri, Samples.Hash, 1, 0, 1)] } };
        var title = Frame.Draw(snapshot, 0, new PictureStyle(80, 24, unicode, false)).ToText().Split('\n')[0];
        Assert.EndsWith(expected, title, StringComparison.Ordinal);
        Assert.DoesNotContain(title, char.IsControl);
    }

    [Fact]
    public void Draw_WideLetters_StayWithinTheTerminal()
    {
        var plain = Samples.Histogram((0, 1));
        var name = string.Concat(Enumerable.Repeat("日", 100));
        var snapshot = plain with { Detail = plain.Detail! with { Sources = [new JobSource($"file:///{Uri.EscapeDataString(name)}", Samples.Hash, 1, 0, 1)] } };
        var title = Frame.Draw(snapshot, 0, new PictureStyle(81, 24, true, false)).ToText().Split('\n')[0];
        Assert.InRange(title.Sum(c => c == '日' ? 2 : 1), 79, 81);
    }

    [Fact]
    public void At_RisingValues_RisingLightness()
    {
        var lightness = Enumerable.Range(0, 101).Select(step => ColourScale.At(step / 100.0)).Select(c => (0.2126 * c.Red) + (0.7152 * c.Green) + (0.0722 * c.Blue)).ToArray();
        Assert.Equal(lightness.Order(), lightness);
        Assert.Equal(new Rgb(0, 0, 4), ColourScale.At(double.NaN));
        Assert.Equal(new Rgb(252, 255, 164), ColourScale.At(double.PositiveInfinity));
    }

    private static JobSnapshot PartialEntropy()
    {
        var done = Samples.Entropy(1024, [], 700 * 1024, 300 * 1024);
        var counts = new long[256];
        PlacedChunk[] chunks =
        [
            new(0, new ByteRange(64 * 1024, 128 * 1024), new EntropyValue(counts, [.. Enumerable.Repeat(4.0, 64)]), true),
            new(0, new ByteRange(512 * 1024, 640 * 1024), new EntropyValue(counts, [.. Enumerable.Repeat(7.9, 128)]), false),
            new(1, new ByteRange(0, 64 * 1024), new EntropyValue(counts, [.. Enumerable.Repeat(1.0, 64)]), false),
        ];
        return Samples.Running(done, 0.25, new EntropyEstimate(0.25, 20, new EstimatedNumber(5.4321, 0.21)), chunks);
    }

    private static JobSnapshot PartialDifference()
    {
        DifferenceValue Of(long start, long end, long differing) =>
            new(new ByteRange(start, end), differing, differing > 0 ? 1 : 0, differing > 0 ? start + differing - 1 : -1, differing > 0 ? [new ByteRange(start, start + differing)] : []);
        PlacedChunk[] chunks =
        [
            new(0, new ByteRange(0, 65536), Of(0, 65536, 0), false),
            new(0, new ByteRange(131072, 196608), Of(131072, 196608, 64), false),
            new(0, new ByteRange(524288, 589824), Of(524288, 589824, 65536), true),
        ];
        return Samples.Running(Samples.Difference(1 << 20), 0.19, new DifferenceEstimate(0.19, 2, new EstimatedNumber(66000, double.NaN)), chunks);
    }

    private static JobSnapshot PartialStatistics() => Samples.Running(
        Samples.Statistics("f8", new Moments(100, 3, Core.Operations.Statistics.Number.Of(50.0), Core.Operations.Statistics.Number.Of(-1.5), Core.Operations.Statistics.Number.Of(2.5), 10)),
        0.4,
        new StatisticsEstimate(
            0.4,
            20,
            new EstimatedNumber(250, 2),
            new EstimatedNumber(7.5, 0.5),
            new EstimatedNumber(125, 3),
            new EstimatedNumber(0.5, 0.01),
            new EstimatedNumber(0.1, double.NaN)));
}
