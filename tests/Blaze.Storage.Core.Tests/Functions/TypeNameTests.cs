using System.Reflection;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Core.Tests.Functions;

public sealed class TypeNameTests
{
    public static TheoryData<Type> Types { get; } =
    [
        typeof(int), typeof(string[]), typeof(double[,,]), typeof(int[][,]), typeof(List<int>), typeof(Dictionary<string, List<TypeNameTests>>.Enumerator),
        typeof(Inner<int>.Deep<TypeNameTests[]>), typeof((int, string)?), typeof(Func<,>), Array.CreateInstance(typeof(int), [1], [1]).GetType(),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Resolve_NameOfType_FindsIt(Type type)
    {
        if (type.ContainsGenericParameters)
            Assert.Throws<FunctionException>(() => TypeName.Of(type));
        else
            Assert.Equal(type, TypeName.Resolve(TypeName.Of(type), Assembly.Load));
    }

    [Fact]
    public void Of_Type_IsShortAndCountsItsAssemblies()
    {
        var assemblies = new HashSet<Assembly>();
        Assert.Equal("System.Collections.Generic.List`1[[Blaze.Storage.Core.Tests.Functions.TypeNameTests, Blaze.Storage.Core.Tests]]", TypeName.Of(typeof(List<TypeNameTests>), assemblies));
        Assert.Equal([typeof(object).Assembly, typeof(TypeNameTests).Assembly], assemblies.OrderByDescending(assembly => assembly == typeof(object).Assembly));
    }

    private static class Inner<TOuter>
    {
        internal sealed class Deep<TInner>
        {
            public TOuter? Outer { get; init; }

            public TInner? Own { get; init; }
        }
    }
}
