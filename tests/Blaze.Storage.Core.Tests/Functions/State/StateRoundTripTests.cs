using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Functions.State;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Functions.State;

public sealed class StateRoundTripTests
{
    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameValue() =>
        Prop.ForAll<string, double, decimal>((text, number, amount) => IsKept((text, number, (object)amount, (float)number, (Half)number)))
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Read_OfTimes_GivesTheSameValue() =>
        Prop.ForAll<DateTime, DateTimeOffset, TimeSpan>((time, offset, span) =>
                IsKept((time, time.Kind, offset, span, DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time))))
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Read_OfCollections_GivesTheSameItems() =>
        Prop.ForAll<Dictionary<int, string>, int[], List<long?>>((map, numbers, list) =>
            {
                var kept = RoundTrip(new Collections(map, numbers, list, [.. numbers], new Queue<int>(numbers), new Stack<int>(numbers), new SortedSet<int>(numbers)));
                return kept.Map.SequenceEqual(map) && kept.Numbers.SequenceEqual(numbers) && kept.List.SequenceEqual(list)
                    && kept.Fixed.SequenceEqual(numbers) && kept.Queue.SequenceEqual(numbers)
                    && kept.Stack.SequenceEqual(new Stack<int>(numbers)) && kept.Sorted.SetEquals(numbers);
            })
            .Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Read_OfSpecialNumber_GivesTheSameBits(double number) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(RoundTrip(new Holder<double>(number)).Value));

    [Fact]
    public void Read_OfHiddenFields_KeepsBoth()
    {
        var kept = RoundTrip(new Derived(1, 2));
        Assert.Equal((1, 2), (kept.Own, kept.Inherited));
    }

    [Fact]
    public void Read_OfFieldsThatDoNotTravel_LeavesThemEmpty()
    {
        var kept = RoundTrip(new WithCache(3));
        Assert.Equal(3, kept.Value);
        Assert.Null(kept.Cache);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"ref":7}""")]
    [InlineData("""{"fields":{"<Value>k__BackingField":"text"}}""")]
    [InlineData("""{"type":"No.Such, Nowhere","fields":{}}""")]
    [InlineData("""{"type":"System.Int32[]","bytes":"AAA="}""")]
    [InlineData("""{"type":"System.Action","calls":[]}""")]
    public void Read_OfOtherBytes_IsRefused(string json)
    {
        var problem = Assert.Throws<FunctionException>(() => StateReader.Read(Encoding.UTF8.GetBytes(json), typeof(Holder<int>), Scope.Instance));
        Assert.Equal(FunctionErrorKind.Unfitting, problem.Kind);
    }

    private static bool IsKept<T>(T value) => EqualityComparer<T>.Default.Equals(value, RoundTrip(new Holder<T>(value)).Value);

    private static T RoundTrip<T>(T value) where T : notnull =>
        (T)StateReader.Read(StateWriter.Write(value, typeof(object), Scope.Instance), typeof(object), Scope.Instance)!;

    private sealed class Holder<T>(T value)
    {
        public T Value { get; } = value;
    }

    private sealed record Collections(
        Dictionary<int, string> Map, int[] Numbers, List<long?> List, ImmutableArray<int> Fixed, Queue<int> Queue, Stack<int> Stack, SortedSet<int> Sorted);

    private class Base(int number)
    {
        private readonly int _number = number;

        public int Inherited => _number;
    }

    private sealed class Derived(int own, int inherited) : Base(inherited)
    {
        private readonly int _number = own;

        public int Own => _number;
    }

    private sealed class WithCache(int value)
    {
        [NonSerialized]
        private readonly string? _cache = "made again where it is needed";

        public int Value { get; } = value;

        public string? Cache => _cache;
    }

    private sealed class Scope : ICaptureScope, IStateScope
    {
        public static Scope Instance { get; } = new();

        public bool IsFramework(Type type) => type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);

        public void Enter(Type type)
        {
            // Every field is used.
        }

        public bool IsUsed(FieldInfo field) => true;

        public string NameOf(Type type) => TypeName.Of(type);

        public MethodReference NameOf(MethodInfo method) => throw new NotSupportedException();

        public bool IsRefused(object value) => false;

        public Type FindType(string name) => TypeName.Resolve(name, Assembly.Load);

        public MethodInfo FindMethod(MethodReference reference) => throw new NotSupportedException();
    }
}
