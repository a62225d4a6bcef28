using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Tests.Functions;

public sealed class FunctionCaptureTests : IDisposable
{
    private static readonly FunctionCapture Capturing = new();
    private readonly MemoryStream _stream = new();

    public void Dispose() => _stream.Dispose();

    private static CapturedFunction Capture(Delegate function, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        Capturing.Capture(function, expression);

    [Fact]
    public void Capture_LambdaWithoutVariablesAgain_IsTheSameObject()
    {
        var functions = Enumerable.Range(0, 2).Select(_ => Capture(static (int value) => value + 1)).ToList();
        Assert.Same(functions[0], functions[1]);
        Assert.True(functions[0].State.IsEmpty);
    }

    [Fact]
    public void Capture_FieldsOnlyNeighboursUse_StayHere()
    {
        var secret = "neighbour's";
        var own = "mine";
        Func<string> neighbour = () => secret;
        var captured = Capture(() => own);
        Assert.Contains("mine", StateOf(captured), StringComparison.Ordinal);
        Assert.DoesNotContain("neighbour", StateOf(captured), StringComparison.Ordinal);
        Assert.Equal(secret, neighbour());
    }

    [Fact]
    public void Capture_OuterClosureWithUnusedFields_ShipsOnlyWhatIsUsed()
    {
        var outer = 1;
        var unusedOuter = "left here";
        for (var round = 0; round < 1; round++)
        {
            var inner = 2;
            Func<string> neighbour = () => unusedOuter + inner;
            var captured = Capture(() => Enumerable.Range(0, inner).Select(value => value + outer).Sum());
            Assert.DoesNotContain("left here", StateOf(captured), StringComparison.Ordinal);
            Assert.NotEmpty(neighbour());
        }
    }

    [Fact]
    public void Capture_FrameworkAndProduct_DoNotTravel()
    {
        var names = Capture((int value) => value).Assemblies.Select(assembly => assembly.Name).ToList();
        Assert.Contains("Blaze.Storage.Client.Tests", names);
        Assert.DoesNotContain("Blaze.Storage.Core", names);
        Assert.DoesNotContain("Blaze.Storage.Client", names);
        Assert.DoesNotContain(names, name => name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void Identity_SameLambdaAndValues_IsTheSame()
    {
        Assert.Equal(Adding(1).Identity, Adding(1).Identity);
        Assert.Matches("^[0-9a-f]{32}$", Adding(1).Identity);
        Assert.NotEqual(Adding(1).Identity, Adding(2).Identity);
        Assert.Equal(Adding(1).Code.Id, Adding(2).Code.Id);
    }

    [Fact]
    public void Identity_OtherCode_IsAnother()
    {
        var identities = new[]
        {
            Capture((int value) => value), Capture((int value) => value), Capture(Twice), Capture(Twice<int>), Capture(Twice<long>), Capture(Math.Sqrt),
        }.Select(function => function.Identity);
        Assert.Distinct(identities);
    }

    /// <summary>The parts of an identity are those written here, so that another process with the same assemblies finds the same.</summary>
    [Fact]
    public void Code_OfMethodOfDotNet_IsWrittenAsDocumented() => Assert.Equal(
        """{"v":1,"assemblies":[],"method":{"type":"System.Math","name":"Sqrt","signature":"Double Sqrt(Double)"},"target":"none"}""",
        Encoding.UTF8.GetString(Capture(Math.Sqrt).Code.Bytes.Span));

    [Fact]
    public void State_OfLambda_IsWrittenAsDocumented()
    {
        var count = 3;
        string? word = null;
        double[] weights = [1];
        object boxed = 2L;
        Assert.Equal(
            """{"fields":{"count":3,"word":null,"weights":{"bytes":"AAAAAAAA8D8="},"boxed":{"type":"System.Int64","value":2}}}""",
            StateOf(Capture(() => $"{count}{word}{weights}{boxed}")));
    }

    [Fact]
    public void Name_OfFunction_SaysWhatItIs()
    {
        static int WordCount2D(string text) => text.Length;
        Assert.Equal("twice", Capture(Twice).Name);
        Assert.Equal("word-count2-d", Capture(WordCount2D).Name);
        Assert.Equal("sum", Capture((int[] values) => values.Sum()).Name);
        Assert.Equal("twice", Capture(async (int value) => await TwiceAsync(Twice(value)), "async value => await Twice(value)").Name);
        Assert.Equal("name-of-function-says-what-it-is", Capture((int value) => value * value).Name);
        Func<int, int> variable = Twice;
        Assert.Equal("twice", Capture(variable).Name);
    }

    [Fact]
    public void ResultType_OfAsyncFunction_IsWhatItGives()
    {
        Assert.Equal(typeof(int), Capture(TwiceAsync).ResultType);
        Assert.Equal(typeof(void), Capture(async () => await Task.Yield()).ResultType);
        Assert.Equal([typeof(int)], Capture(TwiceAsync).ParameterTypes);
    }

    [Fact]
    public void Capture_OpenFile_IsRefusedWithItsVariable()
    {
        using var stream = new MemoryStream();
        AssertRefused(() => stream.Length, "variable 'stream' of type System.IO.MemoryStream", "open it inside the function");
    }

    [Fact]
    public void Capture_ObjectThatHoldsOpenFile_IsRefusedWithTheWay()
    {
        var holder = new Holder(_stream);
        AssertRefused(() => holder.Stream.Length, "variable 'holder.Stream' of type System.IO.MemoryStream");
    }

    [Fact]
    public void Capture_ThisThatHoldsOpenFile_IsRefusedWithTheField()
    {
        var offset = 1;
        AssertRefused(() => _stream.Length + offset, "'this._stream' of type System.IO.MemoryStream");
    }

    [Fact]
    public void Capture_MethodOfObjectThatHoldsOpenFile_IsRefusedWithTheField() =>
        AssertRefused(() => _stream.Length, "variable '_stream' of type System.IO.MemoryStream");

    [Fact]
    public void Capture_Task_IsRefused()
    {
        var task = Task.FromResult(1);
        AssertRefused(() => task.Id, "variable 'task' of type System.Threading.Tasks.Task<System.Int32>", "await it first");
    }

    [Fact]
    public void Capture_Token_IsRefused()
    {
        var token = TestContext.Current.CancellationToken;
        AssertRefused(() => token.IsCancellationRequested, "variable 'token' of type System.Threading.CancellationToken");
    }

    [Fact]
    public void Capture_NotShippable_IsRefused()
    {
        var future = new Anchored();
        AssertRefused(() => future.ToString(), "variable 'future' of type", "pass it as an argument");
    }

    [Fact]
    public void Capture_RefusedByTheCaller_IsRefused()
    {
        var holder = new Holder(null!);
        Func<string?> function = () => holder.ToString();
        var problem = Assert.Throws<FunctionException>(() => new FunctionCapture { Refuses = value => value is Holder }.Capture(function));
        Assert.Contains("'holder'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_FunctionThatCapturesOpenFile_IsRefusedWithItsVariable()
    {
        var stream = _stream;
        Func<long> inner = () => stream.Length;
        AssertRefused(() => inner(), "variable 'stream' of type System.IO.MemoryStream");
    }

    [Fact]
    public void Capture_LazySequence_IsRefused()
    {
        var numbers = new[] { 1 }.Select(value => value + 1);
        AssertRefused(() => numbers.Sum(), "variable 'numbers'", "part of .NET");
    }

    [Fact]
    public void Capture_ServicesAndHandles_AreRefused()
    {
        var services = new Services();
        AssertRefused(() => services.ToString(), "'services'", "services stay");
        using var gate = new ManualResetEvent(false);
        AssertRefused(() => gate.ToString(), "'gate'");
        var address = (nint)1;
        AssertRefused(() => address.ToString(), "'address'");
    }

    [Fact]
    public void Capture_MethodMadeAtRunTime_IsRefused()
    {
        Expression<Func<int, int>> expression = value => value + 1;
        var problem = Assert.Throws<FunctionException>(() => Capture(expression.Compile()));
        Assert.Equal(FunctionErrorKind.NotShippable, problem.Kind);
    }

    [Fact]
    public void Capture_SeveralFunctionsInOne_IsRefused()
    {
        Func<int, int> both = value => value;
        both += value => -value;
        Assert.Throws<FunctionException>(() => Capture(both));
    }

    [Fact]
    public void Capture_ArgumentsByReference_AreRefused()
    {
        Assert.Contains("'value' by reference", Assert.Throws<FunctionException>(() => Capture((ref int value) => value)).Message, StringComparison.Ordinal);
        Assert.Contains("'values' by reference", Assert.Throws<FunctionException>(() => Capture((ReadOnlySpan<int> values) => values.Length)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_TooManyBytes_IsRefused()
    {
        var bytes = new byte[FunctionCapture.DefaultMaxStateBytes];
        AssertRefused(() => bytes.Length, "captures 1,398", "as arguments");
    }

    [Fact]
    public void Capture_EndlesslyDeepObject_IsRefused()
    {
        Chain? chain = null;
        for (var depth = 0; depth < 100_000; depth++)
            chain = new Chain(chain);
        AssertRefused(() => chain!.ToString(), "'chain.Next.Next.Next", "deep within each other");
    }

    private static void AssertRefused(Delegate function, params string[] parts)
    {
        var problem = Assert.Throws<FunctionException>(() => Capture(function));
        Assert.Equal(FunctionErrorKind.NotShippable, problem.Kind);
        Assert.All(parts, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
    }

    private static string StateOf(CapturedFunction function) => Encoding.UTF8.GetString(function.State.Span);

    private static CapturedFunction Adding(int amount) => Capture((int value) => value + amount);

    private static int Twice(int value) => 2 * value;

    private static int Twice<T>(T value) => 2 * Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int> TwiceAsync(int value)
    {
        await Task.Yield();
        return 2 * value;
    }

    private sealed class Holder(Stream stream)
    {
        public Stream Stream { get; } = stream;
    }

    private sealed class Anchored : INotShippable;

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class Chain(Chain? next)
    {
        public Chain? Next { get; } = next;
    }
}
