using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Blaze.Storage.Worker.Tests.Functions;

/// <summary>Functions of every kind give elsewhere what they give here.</summary>
public sealed class ShippedDelegateTests
{
    private readonly int _weight = 7;

    private static Task<object?> RunAsync(Delegate function, params object?[] arguments) => Shipping.RunElsewhereAsync(function, arguments);

    [Fact]
    public async Task Run_StaticLambda_GivesTheSame()
    {
        Func<int, int> function = static value => value * value;
        Assert.Equal(49, await RunAsync(function, 7));
    }

    [Fact]
    public async Task Run_AnyLambda_RunsInAnotherCopyOfTheAssembly()
    {
        var elsewhere = await RunAsync(static () => typeof(ShippedDelegateTests).Assembly);
        Assert.NotSame(typeof(ShippedDelegateTests).Assembly, elsewhere);
    }

    [Fact]
    public async Task Run_LambdaWithCapturedVariables_GivesTheSame()
    {
        var factor = 2.5;
        var word = "é\ud800";
        Func<int, string> function = value => (value * factor).ToString(CultureInfo.InvariantCulture) + word;
        Assert.Equal(function(3), await RunAsync(function, 3));
    }

    [Fact]
    public async Task Run_MethodGroup_GivesTheSame() => Assert.Equal(6, await RunAsync(Twice, 3));

    [Fact]
    public async Task Run_MethodOfDotNet_GivesTheSame()
    {
        Assert.Equal(3.0, await RunAsync(new Func<double, double>(Math.Sqrt), 9.0));
        Assert.Equal("abc", await RunAsync(new Func<string>("  abc ".Trim)));
    }

    [Fact]
    public async Task Run_GenericMethod_GivesTheSame()
    {
        Assert.Equal("Int32 List`1", await RunAsync(Describe<int, List<Sample>>));
    }

    [Fact]
    public async Task Run_MethodOfGenericClass_GivesTheSame() => Assert.Equal("(1, x)", await RunAsync(new Pairing<int>(1).With<string>, "x"));

    [Fact]
    public async Task Run_LambdaInGenericMethod_GivesTheSame() => Assert.Equal(12, await RunAsync(SumOf([4, 8])));

    [Fact]
    public async Task Run_AsyncMethod_GivesTheSame() => Assert.Equal(8, await RunAsync(TwiceLaterAsync, 4));

    [Fact]
    public async Task Run_AsyncLambdaWithCapturedVariables_GivesTheSame()
    {
        var step = 5;
        var unrelated = new MemoryStream();
        Func<int, ValueTask<int>> function = async value =>
        {
            await Task.Yield();
            return value + step;
        };
        Func<long> neighbour = () => unrelated.Length;
        Assert.Equal(await function(1), await RunAsync(function, 1));
        Assert.Equal(0, neighbour());
    }

    [Fact]
    public async Task Run_AsyncFunctionWithoutValue_GivesNull() => Assert.Null(await RunAsync(async () => await Task.Yield()));

    [Fact]
    public async Task Run_Iterator_GivesTheSame()
    {
        var result = (IEnumerable<int>)(await RunAsync(CountTo, 3))!;
        Assert.Equal([1, 2, 3], result);
    }

    [Fact]
    public async Task Run_LocalFunction_GivesTheSame()
    {
        var offset = 10;
        int Shift(int value) => Scale(value) + offset;
        int Scale(int value) => value * offset;
        Assert.Equal(Shift(2), await RunAsync(Shift, 2));
    }

    [Fact]
    public async Task Run_RecursiveLambda_GivesTheSame()
    {
        Func<int, long> factorial = null!;
        factorial = value => value < 2 ? 1 : value * factorial(value - 1);
        Assert.Equal(factorial(12), await RunAsync(factorial, 12));
    }

    [Fact]
    public async Task Run_MethodOfPlainObject_GivesTheSame()
    {
        var model = new Model(3, new Sample("a", 2));
        Assert.Equal(model.Apply(5), await RunAsync(model.Apply, 5));
    }

    [Fact]
    public async Task Run_OverriddenMethod_GivesTheSame()
    {
        Model model = new SteepModel(3, new Sample("a", 2));
        Assert.Equal(model.Apply(5), await RunAsync(model.Apply, 5));
    }

    [Fact]
    public async Task Run_MethodOfStruct_GivesTheSame() => Assert.Equal(25, await RunAsync(new Vector(3, 4).Square));

    [Fact]
    public async Task Run_ExtensionMethodOnObject_GivesTheSame() => Assert.Equal("ab-cd", await RunAsync(new Sample("ab", 1).JoinedTo, "cd"));

    [Fact]
    public async Task Run_LambdaInClosureInLoop_GivesTheSame()
    {
        for (var outer = 0; outer < 2; outer++)
        {
            var middle = outer + 1;
            for (var inner = 0; inner < 2; inner++)
            {
                var own = inner * 10;
                Func<int, int> function = value => value + middle + own + _weight;
                Assert.Equal(function(1), await RunAsync(function, 1));
            }
        }
    }

    [Fact]
    public async Task Run_LambdaWithCapturedFunctions_GivesTheSame()
    {
        var factor = 3;
        Func<int, int> first = value => value * factor;
        Func<int, int> second = Twice;
        Func<int, int> function = value => first(second(value)) + new[] { first, second }.Sum(each => each(1));
        Assert.Equal(function(2), await RunAsync(function, 2));
    }

    [Fact]
    public async Task Run_LambdaThatMakesLambdas_GivesTheSame()
    {
        int[] weights = [1, 2, 3];
        var limit = 1;
        Func<int, int> function = value => weights.Where(weight => weight > limit).Select(weight => weight * value).Sum();
        Assert.Equal(function(2), await RunAsync(function, 2));
    }

    [Fact]
    public async Task Run_LambdaThatChangesItsVariable_LeavesOursAlone()
    {
        var count = 5;
        Func<int> function = () => ++count;
        Assert.Equal(6, await RunAsync(function));
        Assert.Equal(5, count);
    }

    [Fact]
    public async Task Run_LambdaWithCapturedCollections_GivesTheSame()
    {
        var list = new List<Sample> { new("a", 1), new("b", 2) };
        var map = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 4 };
        var set = new HashSet<long> { 1L << 60 };
        var stack = new Stack<int>([1, 2, 3]);
        var sorted = new SortedDictionary<int, string>(Comparer<int>.Create((left, right) => right - left)) { [1] = "x", [2] = "y" };
        var grid = new double[2, 3] { { 1, 2, 3 }, { 4, double.NaN, 6 } };
        string[] names = ["p", "q"];
        Func<string> function = () => string.Create(
            CultureInfo.InvariantCulture,
            $"{list[1]} {map["KEY"]} {set.First()} {stack.Peek()} {sorted.First().Value} {grid[1, 0]} {grid[1, 1]} {names[^1]}");
        Assert.Equal(function(), await RunAsync(function));
    }

    [Fact]
    public async Task Run_LambdaWithCapturedScalars_GivesTheSame()
    {
        var day = new DateOnly(2024, 2, 29);
        var time = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2));
        var money = 1.10m;
        var large = BigInteger.Pow(7, 60);
        var complex = new Complex(1, -2);
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var pattern = new Regex("a+b", RegexOptions.IgnoreCase);
        (int Left, string? Right) pair = (1, null);
        DayOfWeek? weekday = DayOfWeek.Friday;
        object boxed = 3L;
        var zero = -0.0;
        var type = typeof(List<Sample>);
        Func<string> function = () => string.Create(
            CultureInfo.InvariantCulture,
            $"{day} {time:O} {money} {large} {complex} {id} {pattern.IsMatch("xAAB")} {pair} {weekday} {boxed.GetType()} {1 / zero} {type.Name} {char.MaxValue:X}");
        Assert.Equal(function(), await RunAsync(function));
    }

    [Fact]
    public async Task Run_LambdaWithSharedObject_KeepsItOne()
    {
        var shared = new StringHolder("a");
        StringHolder[] both = [shared, shared];
        var node = new Node();
        node.Next = node;
        Func<bool> function = () => ReferenceEquals(both[0], both[1]) && ReferenceEquals(shared, both[0]) && ReferenceEquals(node.Next, node);
        Assert.Equal(true, await RunAsync(function));
    }

    [Fact]
    public async Task Run_LambdaWithLock_GetsOneOfItsOwn()
    {
        var gate = new Lock();
        var old = new object();
        Func<int> function = () =>
        {
            lock (gate)
                lock (old)
                    return 1;
        };
        Assert.Equal(1, await RunAsync(function));
    }

    [Fact]
    public async Task Run_DelegateOfOwnType_GivesTheSame()
    {
        Combine function = (left, right) => left + right;
        Assert.Equal("ab", await RunAsync(function, "a", "b"));
    }

    [Fact]
    public async Task Run_FunctionOfWiderArguments_GivesTheSame()
    {
        Func<int[], int> function = Count;
        Assert.Equal(2, await RunAsync(function, new[] { 1, 2 }));
    }

    [Fact]
    public async Task Run_OpenMethod_TakesTheObjectFirst()
    {
        var function = typeof(StringBuilder).GetMethod(nameof(StringBuilder.ToString), [])!.CreateDelegate<Func<StringBuilder, string>>();
        Assert.Equal("x", await RunAsync(function, new StringBuilder("x")));
    }

    private static int Twice(int value) => 2 * value;

    private static int Count(IEnumerable<int> values) => values.Count();

    private static string Describe<TFirst, TSecond>() => $"{typeof(TFirst).Name} {typeof(TSecond).Name}";

    private static Func<T> SumOf<T>(T[] values) where T : INumber<T> => () => values.Aggregate(T.Zero, (sum, value) => sum + value);

    private static async Task<int> TwiceLaterAsync(int value)
    {
        await Task.Yield();
        return 2 * value;
    }

    private static IEnumerable<int> CountTo(int limit)
    {
        for (var value = 1; value <= limit; value++)
            yield return value;
    }

    private delegate string Combine(string left, string right);

    internal sealed record Sample(string Name, int Weight);

    private sealed record StringHolder(string Text);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private class Model(int slope, Sample sample)
    {
        private readonly int _slope = slope;

        public virtual int Apply(int value) => (_slope * value) + sample.Weight;
    }

    private sealed class SteepModel(int slope, Sample sample) : Model(slope, sample)
    {
        private readonly int _slope = 2 * slope;

        public override int Apply(int value) => base.Apply(value) * _slope;
    }

    private readonly record struct Vector(int X, int Y)
    {
        public int Square() => (X * X) + (Y * Y);
    }

    private sealed class Pairing<T>(T first)
    {
        public string With<TOther>(TOther other) => (first, other).ToString();
    }
}

internal static class SampleExtensions
{
    public static string JoinedTo(this ShippedDelegateTests.Sample sample, string other) => $"{sample.Name}-{other}";
}
