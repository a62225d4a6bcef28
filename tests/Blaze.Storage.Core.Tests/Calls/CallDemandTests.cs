using System.Text;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Tests.Calls;

public sealed class CallDemandTests
{
    private static readonly ResourceAmounts Gpu = ResourceAmounts.Of([new("memory", 1 << 30), new("gpu", 1)]);

    private static readonly CallFunction Train = CallFunction.Named("train@2");

    [Fact]
    public void HardPlaces_OfEveryKind_HaveTheDemandFirst()
    {
        Assert.Equal(["need:gpu=1;memory=1073741824/op:train@2"], CallDemand.HardPlaces(Train, Gpu, []));
        Assert.Equal(["need:gpu=1;memory=1073741824/op:train@2+h1", "need:gpu=1;memory=1073741824/op:train@2+#a"], CallDemand.HardPlaces(Train, Gpu, ["h1", "#a"]));
        Assert.Equal(["need:gpu=1;memory=1073741824"], CallDemand.HardPlaces(CallFunction.Named("add"), Gpu, []));
        Assert.Equal(["h1+op:train@2"], CallDemand.HardPlaces(Train, ResourceAmounts.None, ["h1"]));
        Assert.Equal(["op:train@2"], CallDemand.HardPlaces(Train, ResourceAmounts.None, []));
        Assert.Equal(["h1"], CallDemand.HardPlaces(CallFunction.Named("add"), ResourceAmounts.None, ["h1"]));
        Assert.Empty(CallDemand.HardPlaces(CallFunction.Named("add"), ResourceAmounts.None, []));
    }

    [Fact]
    public void HardPlaces_MoreThanAPlaceCanSay_IsRefused()
    {
        var many = ResourceAmounts.Of(Enumerable.Range(0, 10).Select(at => KeyValuePair.Create($"a-long-name-of-a-thing-{at}", 1L)));

        Assert.Throws<BlazeException>(() => CallDemand.HardPlaces(Train, many, []));
    }

    [Theory]
    [InlineData("need:gpu=1;memory=1073741824/op:train@2", "op:train@2")]
    [InlineData("need:gpu=1;memory=1073741824", null)]
    public void OfPlace_OfADemand_IsIt(string place, string? function)
    {
        var demand = CallDemand.OfPlace(place);

        Assert.Equal(new CallDemand(Gpu, function), demand);
        Assert.Equal(place, demand!.Place);
    }

    [Theory]
    [InlineData("h1")]
    [InlineData("need:")]
    [InlineData("need:gpu")]
    [InlineData("need:gpu=0")]
    [InlineData("need:gpu=01")]
    [InlineData("need:memory=1;gpu=1")]
    [InlineData("need:gpu=1;gpu=1")]
    [InlineData("need:gpu=1;")]
    public void OfPlace_AnythingElse_IsNone(string place) => Assert.Null(CallDemand.OfPlace(place));

    [Fact]
    public void OfRecipe_WrittenWithResources_IsTheDemandOfItsPlace()
    {
        CallArgument[] arguments = [CallArgument.Of(ValueFormats.Encode(1))];
        var built = BuiltCall.Of(Train, arguments, new CallPolicy(TimeSpan.FromSeconds(1)) { Resources = Gpu });

        Assert.Equal("""{"kind":"call","resources":{"gpu":1,"memory":1073741824},"op":"train@2","args":[{"v":1}],"limit":1000}""", Encoding.UTF8.GetString(built.Recipe));
        Assert.Equal(BuiltCall.Of(Train, arguments, CallPolicy.Default).Key, built.Key);
        Assert.Equal(CallDemand.HardPlaces(Train, Gpu, []), [CallDemand.OfRecipe(built.Recipe)!.Place]);
        Assert.Equal(Gpu, CallRecipe.Parse(built.Recipe).Policy.Resources);
        Assert.Null(CallDemand.OfRecipe(BuiltCall.Of(CallFunction.Named("add"), arguments, new CallPolicy { Resources = Gpu }).Recipe)!.Function);
    }

    [Fact]
    public void OfRecipe_WithoutResources_IsNone()
    {
        var literal = CallArgument.Of(new Value(ValueFormat.Json, "{\"resources\":{\"gpu\":1}}"u8.ToArray()));

        Assert.Null(CallDemand.OfRecipe(BuiltCall.Of(Train, [literal], CallPolicy.Default).Recipe));
        Assert.Null(CallDemand.OfRecipe("{\"kind\":\"plan\"}"u8.ToArray()));
        Assert.Null(CallDemand.OfRecipe(default));
    }

    [Theory]
    [InlineData("""{"kind":"call","resources":{"gpu":0},"op":"f","args":[]}""")]
    [InlineData("""{"kind":"call","resources":{"gpu":1.5},"op":"f","args":[]}""")]
    [InlineData("""{"kind":"call","resources":[],"op":"f","args":[]}""")]
    [InlineData("""{"kind":"call","resources":{"gpu":1},"args":[]}""")]
    [InlineData("""{"kind":"call","resources":{"gp""")]
    public void OfRecipe_Unreadable_FailsWithASentence(string recipe) =>
        Assert.Contains("upgrade the worker", Assert.Throws<BlazeException>(() => CallDemand.OfRecipe(Encoding.UTF8.GetBytes(recipe))).Message, StringComparison.Ordinal);
}
