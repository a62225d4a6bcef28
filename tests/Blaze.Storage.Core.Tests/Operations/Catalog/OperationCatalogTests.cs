using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Core.Tests.Operations.Catalog;

public sealed class OperationCatalogTests
{
    [Fact]
    public void Create_ParametersOfAnyOperation_GivesItBack()
    {
        Operation[] all =
        [
            new HistogramOperation(), new HistogramOperation(2), new EntropyOperation(), new EntropyOperation(1024), new DifferenceOperation(),
            new StatisticsOperation(ElementType.Parse("u1")), new StatisticsOperation(ElementType.Parse(">f8"), 5),
        ];
        foreach (var operation in all)
        {
            var parameters = OperationCatalog.ParametersOf(operation);
            Assert.Equal(operation, OperationCatalog.Create(operation.Name, parameters));
            Assert.Equal(operation, OperationCatalog.Create(operation.Name.ToLowerInvariant(), parameters));
        }
    }

    [Fact]
    public void Create_WithoutParameters_HasTheDefaults()
    {
        var none = new Dictionary<string, string>();
        Assert.Equal(new HistogramOperation(1), OperationCatalog.Create("hist", none));
        Assert.Equal(new EntropyOperation(65536), OperationCatalog.Create("ent", none));
        Assert.Equal(new EntropyOperation(1 << 20), OperationCatalog.Create("ent", new Dictionary<string, string> { ["window"] = "1Mi" }));
    }

    [Theory]
    [InlineData("sort", "", "", "sort")]
    [InlineData("hist", "m", "1", "'m'")]
    [InlineData("hist", "n", "3", "3")]
    [InlineData("hist", "n", "", "n=''")]
    [InlineData("hist", "n", "two", "two")]
    [InlineData("hist", "n", "99999999999", "99999999999")]
    [InlineData("ent", "window", "1000", "1000")]
    [InlineData("ent", "window", "512Mi", "536870912")]
    [InlineData("ent", "window", "-1024", "-1024")]
    [InlineData("ent", "window", "9999999999Ti", "9999999999Ti")]
    [InlineData("diff", "n", "1", "'n'")]
    [InlineData("stat", "", "", "dtype")]
    [InlineData("stat", "dtype", "f2", "f2")]
    [InlineData("stat", "phase", "1", "dtype")]
    public void Create_BadOperationOrParameter_ThrowsOneSentence(string name, string parameter, string value, string named)
    {
        var parameters = new Dictionary<string, string>();
        if (parameter.Length > 0)
            parameters[parameter] = value;
        var message = Assert.Throws<BlazeException>(() => OperationCatalog.Create(name, parameters)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
    }
}
