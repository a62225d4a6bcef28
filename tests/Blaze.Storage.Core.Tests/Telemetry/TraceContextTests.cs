using System.Diagnostics;
using System.Text;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Tests.Telemetry;

public sealed class TraceContextTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Call_InARecordedTrace_CarriesItAndKeepsItsKey()
    {
        var plain = Call(CallPolicy.Default);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();

        var traced = Call(CallPolicy.Default);
        var limited = Call(new CallPolicy(TimeSpan.FromSeconds(1)));

        Assert.Equal(plain.Key, traced.Key);
        Assert.Equal((activity.TraceId, activity.SpanId), IdsIn(traced.Recipe));
        Assert.Equal((activity.TraceId, activity.SpanId), IdsIn(limited.Recipe));
        Assert.Equal(TimeSpan.FromSeconds(1), CallRecipe.Parse(limited.Recipe).Policy.TimeLimit);
        Assert.Equal("inc", CallRecipe.Parse(traced.Recipe).Operation);
    }

    [Fact]
    public void Call_InATraceNobodyRecords_HasNoByteOfIt()
    {
        var plain = Call(CallPolicy.Default);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.Equal(plain.Recipe, Call(CallPolicy.Default).Recipe);
    }

    [Theory]
    [InlineData("""{"kind":"call","args":[{"v":{"trace":"x"}}],"trace":"$"}""", true)]
    [InlineData("""{"trace":"$","args":[]}""", true)]
    [InlineData("""{"args":[{"trace":"$"}]}""", false)]
    [InlineData("""{"trace":"00-zz"}""", false)]
    [InlineData("""{"trace":7}""", false)]
    [InlineData("""{"trace":""", false)]
    [InlineData("""["trace","$"]""", false)]
    [InlineData("", false)]
    public void Find_InARecipe_FindsTheFieldOfTheObjectItself(string recipe, bool isThere) =>
        Assert.Equal(isThere, TraceContext.Find(Encoding.UTF8.GetBytes(recipe.Replace("$", Parent, StringComparison.Ordinal))).TraceId != default);

    private static (ActivityTraceId, ActivitySpanId) IdsIn(byte[] recipe)
    {
        var context = TraceContext.Find(recipe);
        return (context.TraceId, context.SpanId);
    }

    private static BuiltCall Call(CallPolicy policy) => BuiltCall.Of(CallFunction.Named("inc"), [CallArgument.Of(new Value(ValueFormat.Json, "1"u8.ToArray()))], policy);
}
