using System.Text;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.SampleFunctions;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

public sealed class FunctionLoaderTests
{
    private readonly Shipping _shipping = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_CodeNotAllowed_SaysHowItIsEnabledAndFetchesNothing()
    {
        var problem = await FailureOf(_shipping.Ship(SampleCode.Square), Shipping.Options with { AllowCode = false });
        Assert.Equal(FunctionErrorKind.NotAllowed, problem.Kind);
        Assert.Contains("--allow-code", problem.Message, StringComparison.Ordinal);
        Assert.Contains("cluster key", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_shipping.Asked);
    }

    [Fact]
    public async Task Load_WithoutKey_IsRefused()
    {
        var problem = await FailureOf(_shipping.Ship(SampleCode.Square), Shipping.Options with { Key = null });
        Assert.Equal(FunctionErrorKind.NotAllowed, problem.Kind);
        Assert.Empty(_shipping.Asked);
    }

    [Fact]
    public async Task Load_SignedWithAnotherKey_IsRefusedBeforeAnyAssemblyIsFetched()
    {
        var function = _shipping.Ship(SampleCode.AddTo(1));
        var problem = await FailureOf(function, Shipping.Options with { Key = ClusterKey.Parse("ffeeddccbbaa99887766554433221100") });
        Assert.Equal(FunctionErrorKind.BadSignature, problem.Kind);
        Assert.Equal([function.Code], _shipping.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz112233445566778899aabbccddeeff")]
    [InlineData("00000000000000000000000000000000")]
    public async Task Load_MadeUpSignature_IsRefused(string signature)
    {
        var problem = await FailureOf(_shipping.Ship(SampleCode.Square) with { Signature = signature });
        Assert.Equal(FunctionErrorKind.BadSignature, problem.Kind);
    }

    [Fact]
    public async Task Load_ChangedCapturedValue_IsRefusedAlsoWhenTheCodeIsLoaded()
    {
        var function = _shipping.Ship(SampleCode.AddTo(1));
        var changed = function with { State = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(function.State!).Replace(":1", ":2", StringComparison.Ordinal)) };
        Assert.NotEqual(function.State, changed.State);
        Assert.Equal(FunctionErrorKind.BadSignature, (await FailureOf(changed)).Kind);

        using var loader = new FunctionLoader(Shipping.Options);
        using var loaded = await loader.LoadAsync(function, _shipping.GetAsync, Cancelled);
        Assert.Equal(3, loaded.Invoke([2]));
        var problem = await Assert.ThrowsAsync<FunctionException>(() => loader.LoadAsync(changed, _shipping.GetAsync, Cancelled).AsTask());
        Assert.Equal(FunctionErrorKind.BadSignature, problem.Kind);
    }

    [Fact]
    public async Task Load_CapturedValuesTakenAway_IsRefused()
    {
        var problem = await FailureOf(_shipping.Ship(SampleCode.AddTo(1)) with { State = null });
        Assert.Equal(FunctionErrorKind.BadSignature, problem.Kind);
    }

    [Fact]
    public async Task Load_CodeReplacedByAnother_IsRefused()
    {
        var function = _shipping.Ship(SampleCode.Square);
        var other = _shipping.Ship(SampleCode.Mirror);
        _shipping.Store(function.Code, _shipping.Stored(other.Code));
        Assert.Equal(FunctionErrorKind.BadSignature, (await FailureOf(function)).Kind);
        // Signed, but stored under a name that is not its own.
        Assert.Equal(FunctionErrorKind.DamagedCode, (await FailureOf(other with { Code = function.Code })).Kind);
    }

    [Fact]
    public async Task Load_ChangedAssembly_IsRefusedWithItsName()
    {
        var function = _shipping.Ship(SampleCode.Square);
        var assembly = FunctionCode.Parse(function.Code, _shipping.Stored(function.Code)).Assemblies.Single();
        var bytes = _shipping.Stored(assembly.Hash).ToArray();
        bytes[^1] ^= 1;
        _shipping.Store(assembly.Hash, bytes);
        var problem = await FailureOf(function);
        Assert.Equal(FunctionErrorKind.DamagedCode, problem.Kind);
        Assert.Contains("'Blaze.Storage.SampleFunctions'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_MissingAssembly_IsRefusedWithItsNameAndLoadsOnceItIsThere()
    {
        var function = _shipping.Ship(SampleCode.Square);
        var assembly = FunctionCode.Parse(function.Code, _shipping.Stored(function.Code)).Assemblies.Single();
        _shipping.Lose(assembly.Hash);
        using var loader = new FunctionLoader(Shipping.Options);
        var problem = await Assert.ThrowsAsync<FunctionException>(() => loader.LoadAsync(function, _shipping.GetAsync, Cancelled).AsTask());
        Assert.Equal(FunctionErrorKind.MissingCode, problem.Kind);
        Assert.Contains("'Blaze.Storage.SampleFunctions'", problem.Message, StringComparison.Ordinal);

        _shipping.Ship(SampleCode.Square);
        using var loaded = await loader.LoadAsync(function, _shipping.GetAsync, Cancelled);
        Assert.Equal(9, loaded.Invoke([3]));
    }

    [Fact]
    public async Task Load_MissingCode_IsRefused()
    {
        var function = _shipping.Ship(SampleCode.Square);
        _shipping.Lose(function.Code);
        Assert.Equal(FunctionErrorKind.MissingCode, (await FailureOf(function)).Kind);
    }

    [Theory]
    [InlineData("{\"v\":2,\"assemblies\":[],\"method\":{\"type\":\"System.Math\",\"name\":\"Abs\"},\"target\":\"none\"}", FunctionErrorKind.DamagedCode)]
    [InlineData("no code", FunctionErrorKind.DamagedCode)]
    [InlineData("{\"v\":1,\"assemblies\":[],\"method\":{\"type\":\"System.Math\",\"name\":\"Gone\",\"signature\":\"Void Gone()\"},\"target\":\"none\"}", FunctionErrorKind.Unfitting)]
    [InlineData("{\"v\":1,\"assemblies\":[],\"method\":{\"type\":\"No.Such.Type, Nowhere\",\"name\":\"Gone\",\"token\":1},\"target\":\"none\"}", FunctionErrorKind.Unfitting)]
    public async Task Load_SignedButUnusableCode_IsRefusedWithASentence(string json, FunctionErrorKind kind)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var id = AssemblyImage.HashOf(bytes)[..32];
        _shipping.Store(id, bytes);
        var problem = await FailureOf(new ShippedFunction(id, null, SignatureOf(bytes)));
        Assert.Equal(kind, problem.Kind);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_Again_FetchesNothing()
    {
        using var loader = new FunctionLoader(Shipping.Options);
        using (await loader.LoadAsync(_shipping.Ship(SampleCode.AddTo(1)), _shipping.GetAsync, Cancelled))
            _shipping.Asked.Clear();
        using var loaded = await loader.LoadAsync(_shipping.Ship(SampleCode.AddTo(5)), _shipping.GetAsync, Cancelled);
        Assert.Equal(7, loaded.Invoke([2]));
        Assert.Empty(_shipping.Asked);
    }

    [Fact]
    public async Task Load_TwoFunctionsOfOneAssembly_ShareItsTypes()
    {
        using var loader = new FunctionLoader(Shipping.Options);
        using var mirror = await loader.LoadAsync(_shipping.Ship(SampleCode.Mirror), _shipping.GetAsync, Cancelled);
        using var square = await loader.LoadAsync(_shipping.Ship(SampleCode.Square), _shipping.GetAsync, Cancelled);
        Assert.Equal(1, loader.ContextCount);
        Assert.Equal(mirror.ResultType, mirror.Parameters[0].Type);
        Assert.NotEqual(typeof(Point), mirror.ResultType);
    }

    [Fact]
    public async Task Invoke_WrongArguments_SaysWhatItTakes()
    {
        using var loader = new FunctionLoader(Shipping.Options);
        using var square = await loader.LoadAsync(_shipping.Ship(SampleCode.Square), _shipping.GetAsync, Cancelled);
        var problem = Assert.Throws<FunctionException>(() => square.Invoke([1, 2]));
        Assert.Equal("lambda in .cctor", square.Name);
        Assert.Contains("takes 1 argument (value), but was given 2", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'value', which cannot be null", Assert.Throws<FunctionException>(() => square.Invoke([null])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_FunctionThrows_ItsErrorCarriesItsOwnFramesOnly()
    {
        using var loader = new FunctionLoader(Shipping.Options);
        using var failing = await loader.LoadAsync(_shipping.Ship(SampleCode.Failing), _shipping.GetAsync, Cancelled);
        var error = RemoteError.From(Assert.ThrowsAny<Exception>(() => failing.Invoke(["why"])));
        Assert.Equal("Blaze.Storage.SampleFunctions.SampleException", error.Type);
        Assert.Equal("why", error.Message);
        Assert.Contains("SampleCode", error.Stack, StringComparison.Ordinal);
        Assert.Contains("System.FormatException: inner", error.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadedFunction", error.Stack, StringComparison.Ordinal);
        Assert.DoesNotContain(RemoteError.CallFrame, error.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_FunctionMadeByAShippedFunction_CanBeShippedOn()
    {
        using var loader = new FunctionLoader(Shipping.Options);
        using var maker = await loader.LoadAsync(_shipping.Ship(SampleCode.AddTo), _shipping.GetAsync, Cancelled);
        var made = (Delegate)maker.Invoke([40])!;
        Assert.NotEqual(typeof(SampleCode).Assembly, made.Method.Module.Assembly);
        var here = new FunctionCapture().Capture(SampleCode.AddTo(40));
        var there = new FunctionCapture().Capture(made);
        Assert.Equal(here.Identity, there.Identity);
        Assert.Equal(42, await Shipping.RunElsewhereAsync(made, 2));
    }

    [Fact]
    public async Task Load_MoreSetsThanTheLimit_GivesUpTheOneUsedLongestAgo()
    {
        using var loader = new FunctionLoader(Shipping.Options with { MaxContexts = 2 });
        var variants = Enumerable.Range(0, 3).Select(number => SampleVariant.Of(_shipping, SampleCode.Square, number)).ToList();
        foreach (var number in (int[])[0, 1, 0, 2])
            using (await loader.LoadAsync(variants[number], _shipping.GetAsync, Cancelled))
                Assert.InRange(loader.ContextCount, 1, 2);
        _shipping.Asked.Clear();
        using (await loader.LoadAsync(variants[0], _shipping.GetAsync, Cancelled))
            Assert.Empty(_shipping.Asked);
        using (await loader.LoadAsync(variants[1], _shipping.GetAsync, Cancelled))
            Assert.NotEmpty(_shipping.Asked);
    }

    [Fact]
    public async Task Load_SetInUseIsGivenUp_StillRuns()
    {
        using var loader = new FunctionLoader(Shipping.Options with { MaxContexts = 1 });
        using var first = await loader.LoadAsync(SampleVariant.Of(_shipping, SampleCode.Square, 0), _shipping.GetAsync, Cancelled);
        using var second = await loader.LoadAsync(SampleVariant.Of(_shipping, SampleCode.Square, 1), _shipping.GetAsync, Cancelled);
        Assert.Equal(1, loader.ContextCount);
        Assert.Equal(4, first.Invoke([2]));
        Assert.Equal(9, second.Invoke([3]));
    }

    [Fact]
    public async Task Load_ManyThreadsAtOnce_AllRun()
    {
        using var loader = new FunctionLoader(Shipping.Options with { MaxContexts = 2 });
        var variants = Enumerable.Range(0, 4).Select(number => SampleVariant.Of(_shipping, SampleCode.Square, number)).ToList();
        await Parallel.ForAsync(0, 200, Cancelled, async (number, token) =>
        {
            using var loaded = await loader.LoadAsync(variants[number % variants.Count], _shipping.GetAsync, token);
            Assert.Equal(number * number, loaded.Invoke([number]));
        });
        Assert.InRange(loader.ContextCount, 1, 2);
    }

    private static string SignatureOf(byte[] code)
    {
        var mac = new byte[32];
        Shipping.Key.Sign(Encoding.ASCII.GetBytes($"blaze-function-v1\n{AssemblyImage.HashOf(code)}\n"), mac);
        return Convert.ToHexStringLower(mac.AsSpan(0, 16));
    }

    private async Task<FunctionException> FailureOf(ShippedFunction function, FunctionLoaderOptions? options = null)
    {
        using var loader = new FunctionLoader(options ?? Shipping.Options);
        return await Assert.ThrowsAsync<FunctionException>(() => loader.LoadAsync(function, _shipping.GetAsync, Cancelled).AsTask());
    }
}
