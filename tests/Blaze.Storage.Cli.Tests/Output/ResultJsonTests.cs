using System.Globalization;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Results;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Tests.Output;

public sealed class ResultJsonTests
{
    private const string OneSource = """[{"uri":"file:///data/a.bin","hash":"0123456789abcdef0123456789abcdef","length":1024}]""";

    [Fact]
    public void Write_Histogram_HasTheFieldsOfTheContractInOrder()
    {
        var zeros = string.Concat(Enumerable.Repeat(",0", 254));
        Assert.Equal(
            $$$"""{"job":"j1","op":"HIST","sources":{{{OneSource}}},"start":0,"end":1024,"exact":true,"blocks":{"total":3,"cached":1,"computed":2},"bytes":{"total":1024,"read":512,"cached":512,"computed":512,"local":384,"remote":128},"seconds":1.25,"n":1,"counts":[512{{{zeros}}},512],"entropy":1}""" + "\n",
            Json(Samples.Histogram((0, 512), (255, 512))));
    }

    [Fact]
    public void Write_Pairs_AreAll65536()
    {
        using var json = JsonDocument.Parse(Json(Samples.Pairs((0x6568, long.MaxValue))));
        var counts = json.RootElement.GetProperty("counts");
        Assert.Equal(2, json.RootElement.GetProperty("n").GetInt32());
        Assert.Equal(65536, counts.GetArrayLength());
        Assert.Equal(long.MaxValue, counts[0x6568].GetInt64());
        Assert.Equal("0", json.RootElement.GetProperty("entropy").GetRawText().TrimStart('-'));
    }

    [Fact]
    public void Write_Entropy_HasWindowAndProfile() => Assert.EndsWith(
        "\"seconds\":1.25,\"entropy\":1,\"window\":1024,\"profile\":[0,0.1,7.999999999999999,8]}\n",
        Json(Samples.Entropy(1024, [0, 0.1, 7.999999999999999, 8], 4096)),
        StringComparison.Ordinal);

    [Fact]
    public void Write_EntropyOfNothing_HasAnEmptyProfile() => Assert.EndsWith(
        "\"window\":65536,\"profile\":[]}\n", Json(Samples.Entropy(65536, [], 0)), StringComparison.Ordinal);

    [Fact]
    public void Write_MillionWindows_AreAllThere()
    {
        var profile = Enumerable.Range(0, 1_000_000).Select(index => index % 8192 / 1024.0).ToArray();
        using var json = JsonDocument.Parse(Json(Samples.Entropy(65536, profile, 65_536_000_000)));
        Assert.Equal(profile, json.RootElement.GetProperty("profile").EnumerateArray().Select(item => item.GetDouble()));
    }

    [Fact]
    public void Write_Difference_HasLengthsAndRanges() => Assert.EndsWith(
        "\"seconds\":1.25,\"differing\":12,\"runs\":2,\"first\":5,\"last\":99,\"lengths\":[100,100],\"ranges\":[[5,7],[90,100]]}\n",
        Json(Samples.Difference(100, new ByteRange(5, 7), new ByteRange(90, 100))),
        StringComparison.Ordinal);

    [Fact]
    public void Write_NoDifference_SaysMinusOne() => Assert.EndsWith(
        "\"differing\":0,\"runs\":0,\"first\":-1,\"last\":-1,\"lengths\":[100,100],\"ranges\":[]}\n",
        Json(Samples.Difference(100)),
        StringComparison.Ordinal);

    [Fact]
    public void Write_ManyRuns_ListsTheFirstThousand()
    {
        var ranges = Enumerable.Range(0, 1000).Select(index => new ByteRange(index * 2, (index * 2) + 1)).ToArray();
        var snapshot = Samples.Done(new DifferenceOperation(), new DifferenceValue(new ByteRange(0, 10000), 5000, 5000, 9998, ranges), 10000, 9000);
        using var json = JsonDocument.Parse(Json(snapshot));
        Assert.Equal(1000, json.RootElement.GetProperty("ranges").GetArrayLength());
        Assert.Equal(5000, json.RootElement.GetProperty("runs").GetInt64());
        Assert.Equal(9000, json.RootElement.GetProperty("lengths")[1].GetInt64());
    }

    [Fact]
    public void Write_Statistics_OfIntegersAreExact() => Assert.EndsWith(
        "\"dtype\":\"u8\",\"count\":2,\"nan\":0,\"sum\":36893488147419103230,\"min\":18446744073709551615,\"max\":18446744073709551615,\"mean\":1.8446744073709552E+19,\"variance\":0}\n",
        Json(Samples.Statistics("u8", new Moments(2, 0, Number.Of((Int128)ulong.MaxValue * 2), Number.Of((Int128)ulong.MaxValue), Number.Of((Int128)ulong.MaxValue), 0))),
        StringComparison.Ordinal);

    [Fact]
    public void Write_Statistics_OfDoublesReadBackTheSame() => Assert.EndsWith(
        "\"dtype\":\">f8\",\"count\":3,\"nan\":1,\"sum\":0.30000000000000004,\"min\":-0,\"max\":1E+300,\"mean\":0.10000000000000002,\"variance\":0.5}\n",
        Json(Samples.Statistics(">f8", new Moments(3, 1, Number.Of(0.1 + 0.2), Number.Of(-0.0), Number.Of(1e300), 1.5))),
        StringComparison.Ordinal);

    [Fact]
    public void Write_StatisticsOfNothing_AreNull() => Assert.EndsWith(
        "\"dtype\":\"f4\",\"count\":0,\"nan\":7,\"sum\":0,\"min\":null,\"max\":null,\"mean\":null,\"variance\":null}\n",
        Json(Samples.Statistics("f4", Moments.Empty(false) with { NanCount = 7 })),
        StringComparison.Ordinal);

    [Fact]
    public void Write_Infinities_AreStrings() => Assert.EndsWith(
        "\"sum\":\"Infinity\",\"min\":\"-Infinity\",\"max\":\"Infinity\",\"mean\":\"Infinity\",\"variance\":null}\n",
        Json(Samples.Statistics("f8", new Moments(
            2, 0, Number.Of(double.PositiveInfinity), Number.Of(double.NegativeInfinity), Number.Of(double.PositiveInfinity), double.NaN))),
        StringComparison.Ordinal);

    [Fact]
    public void Write_StrangeUri_StaysOnOneLine()
    {
        var plain = Samples.Histogram((1, 1));
        var snapshot = plain with { Detail = plain.Detail! with { Sources = [new JobSource("file:///a%0Ab \"c\" é\n", Samples.Hash, 0, 0, 0)] } };
        var text = Json(snapshot);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        using var json = JsonDocument.Parse(text);
        Assert.Equal("file:///a%0Ab \"c\" é\n", json.RootElement.GetProperty("sources")[0].GetProperty("uri").GetString());
    }

    [Fact]
    public void Write_ExtremeCounters_AreExact()
    {
        var snapshot = Samples.Histogram((1, 1)) with
        {
            Bytes = new ByteCounts(long.MaxValue, long.MaxValue, long.MaxValue, 0),
            Blocks = new BlockCounts(long.MaxValue, 0, 0),
            Elapsed = TimeSpan.FromSeconds(1.0 / 3),
        };
        Assert.Contains($"\"bytes\":{{\"total\":{long.MaxValue},\"read\":{long.MaxValue},", Json(snapshot), StringComparison.Ordinal);
        Assert.Contains("\"seconds\":0.333333,", Json(snapshot), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OtherCulture_SameBytes()
    {
        var expected = Json(Samples.Entropy(1024, [0.5], 1024));
        var before = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, Json(Samples.Entropy(1024, [0.5], 1024)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_JobWithoutAnswer_Throws() =>
        Assert.Throws<ArgumentException>(() => Json(Samples.Histogram((1, 1)) with { Value = null }));

    private static string Json(JobSnapshot snapshot)
    {
        using var output = new MemoryStream();
        ResultJson.Write(output, snapshot);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
