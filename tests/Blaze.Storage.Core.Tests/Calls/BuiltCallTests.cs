using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Tests.Calls;

public sealed class BuiltCallTests
{
    private static readonly CallFunction Inc = CallFunction.Named("inc@2");

    [Fact]
    public void Of_ValuesKeysAndLists_WritesTheDocumentedForm()
    {
        CallArgument[] arguments =
        [
            CallArgument.Of(ValueFormats.Encode(1)),
            CallArgument.Of(ValueFormats.Encode("a \"b\"")),
            CallArgument.Of(new Value(ValueFormat.Raw, new byte[] { 1, 2, 3 })),
            CallArgument.Reference("inc-1"),
            CallArgument.ListOf([CallArgument.Reference("inc-2"), CallArgument.Of(ValueFormats.Encode(true)), CallArgument.Reference("inc-1")]),
        ];

        var call = BuiltCall.Of(Inc, arguments, new CallPolicy(TimeSpan.FromSeconds(1.5), new RetryPolicy(3, TimeSpan.FromMilliseconds(100), 1.5)));

        var written = """[{"v":1},{"v":"a \"b\""},{"f":"raw","b":"AQID"},{"k":"inc-1"},{"l":[{"k":"inc-2"},{"v":true},{"k":"inc-1"}]}]""";
        Assert.Equal(
            """{"kind":"call","op":"inc@2","args":ARGS,"limit":1500,"retries":{"max":3,"delay":100,"factor":1.5}}""".Replace("ARGS", written, StringComparison.Ordinal),
            Encoding.UTF8.GetString(call.Recipe));
        Assert.Equal(["inc-1", "inc-2"], call.Needs);
        Assert.Equal("inc-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("op inc@2\n" + written)))[..32], call.Key);
    }

    [Fact]
    public void Of_EqualCallsWithOtherPolicies_HaveOneKey()
    {
        CallArgument[] arguments = [CallArgument.Of(ValueFormats.Encode(1))];

        var plain = BuiltCall.Of(Inc, arguments, CallPolicy.Default);
        var limited = BuiltCall.Of(CallFunction.Named("inc@2"), arguments, new CallPolicy(TimeSpan.FromSeconds(1)));

        Assert.Equal(plain.Key, limited.Key);
        Assert.Equal("""{"kind":"call","op":"inc@2","args":[{"v":1}]}""", Encoding.UTF8.GetString(plain.Recipe));
    }

    [Fact]
    public void Of_OtherFunctionOrArguments_HasAnotherKey()
    {
        CallArgument[] one = [CallArgument.Of(ValueFormats.Encode(1))];
        string[] keys =
        [
            BuiltCall.Of(Inc, one, CallPolicy.Default).Key,
            BuiltCall.Of(CallFunction.Named("inc"), one, CallPolicy.Default).Key,
            BuiltCall.Of(CallFunction.Shipped("inc", new string('a', 32), Code("x")), one, CallPolicy.Default).Key,
            BuiltCall.Of(CallFunction.Shipped("inc", new string('b', 32), Code("x")), one, CallPolicy.Default).Key,
            BuiltCall.Of(Inc, [CallArgument.Of(ValueFormats.Encode("1"))], CallPolicy.Default).Key,
            BuiltCall.Of(Inc, [CallArgument.Reference("1")], CallPolicy.Default).Key,
            BuiltCall.Of(Inc, [CallArgument.ListOf(one)], CallPolicy.Default).Key,
            BuiltCall.Of(Inc, [], CallPolicy.Default).Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Of_ShippedCodeSignedAnew_HasTheSameKey()
    {
        var first = BuiltCall.Of(CallFunction.Shipped("f", new string('a', 32), Code("x")), [], CallPolicy.Default);
        var second = BuiltCall.Of(CallFunction.Shipped("f", new string('a', 32), Code("y")), [], CallPolicy.Default);

        Assert.Equal(first.Key, second.Key);
        Assert.NotEqual(first.Recipe, second.Recipe);
    }

    [Fact]
    public void Of_ImpureCalls_HaveKeysOfTheirOwn()
    {
        var keys = Enumerable.Range(0, 10).Select(_ => BuiltCall.Of(Inc, [], CallPolicy.Default, isPure: false).Key).ToList();

        Assert.Equal(10, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^inc-[0-9a-f]{32}$", key));
    }

    [Fact]
    public void Of_AnyThread_GivesTheSame()
    {
        var keys = new string[64];
        Parallel.For(0, keys.Length, at => keys[at] = BuiltCall.Of(Inc, [CallArgument.Of(ValueFormats.Encode(at % 4))], CallPolicy.Default).Key);

        Assert.Equal(4, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":[1]}")]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":[{\"x\":1}]}")]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":[{\"f\":\"raw\"}]}")]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":[{\"f\":\"raw\",\"b\":\"!\"}]}")]
    [InlineData("{\"kind\":\"call\",\"op\":1,\"args\":[]}")]
    [InlineData("{\"kind\":\"call\",\"args\":[]}")]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":")]
    [InlineData("{\"kind\":\"call\",\"op\":\"f\",\"args\":[],\"limit\":\"x\"}")]
    public void Parse_NoCall_SaysSo(string recipe) =>
        Assert.Contains("upgrade the worker", Assert.ThrowsAny<BlazeException>(() => CallRecipe.Parse(Encoding.UTF8.GetBytes(recipe))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_WrittenCall_GivesItBack()
    {
        CallArgument[] arguments =
        [
            CallArgument.Of(ValueFormats.Encode(new[] { 1.5, 2.5 })),
            CallArgument.Of(ValueFormats.Encode(new Dictionary<string, int[]> { ["a"] = [1, 2] })),
            CallArgument.ListOf([CallArgument.Of(ValueFormats.Encode("é")), CallArgument.Reference("k-1")]),
        ];
        var policy = new CallPolicy(TimeSpan.FromMinutes(1), new RetryPolicy(2, TimeSpan.FromSeconds(1)));
        var call = BuiltCall.Of(CallFunction.Shipped("f", new string('a', 32), Code("s")), arguments, policy);

        var read = CallRecipe.Parse(call.Recipe);

        Assert.True(CallRecipe.IsCall(call.Recipe));
        Assert.Null(read.Operation);
        Assert.Equal(Code("s").ToJson(), read.Code!.ToJson());
        Assert.Equal(policy, read.Policy);
        Assert.Equal([1.5, 2.5], ValueFormats.Decode<double[]>(read.Arguments[0].Literal, "a")!);
        Assert.Equal([1, 2], ValueFormats.Decode<Dictionary<string, int[]>>(read.Arguments[1].Literal, "a")!["a"]);
        Assert.Equal("é", ValueFormats.Decode<string>(read.Arguments[2].List![0].Literal, "a"));
        Assert.Equal("k-1", read.Arguments[2].List![1].Key);
    }

    [Fact]
    public void IsCall_OtherRecipes_AreNone() => Assert.False(CallRecipe.IsCall("{\"kind\":\"plan\"}"u8));

    [Fact]
    public void StoredForm_AnyFormat_ComesBack()
    {
        var stored = StoredForm.Write(new Value("npy", new byte[] { 9, 8, 7 }));

        var read = StoredForm.Read(stored, "k");

        Assert.Equal("npy", read.Format);
        Assert.Equal([9, 8, 7], read.Contiguous().ToArray());
        Assert.Throws<BlazeException>(() => StoredForm.Read(new byte[] { 200, 1 }, "k"));
        Assert.Throws<BlazeException>(() => StoredForm.Read(Array.Empty<byte>(), "k"));
    }

    [Fact]
    public void DelayBefore_ManyRetries_GrowsToTheLongest()
    {
        var policy = new RetryPolicy(1000, TimeSpan.FromMilliseconds(100), 3);

        Assert.Equal([100, 300, 900], Enumerable.Range(0, 3).Select(before => policy.DelayBefore(before).TotalMilliseconds));
        Assert.Equal(TimeSpan.FromMinutes(10), policy.DelayBefore(999));
    }

    private static ShippedFunction Code(string text) => new(new string('c', 32), Encoding.UTF8.GetBytes(text), new string('d', 32));
}
