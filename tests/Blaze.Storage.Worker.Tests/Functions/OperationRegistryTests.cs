using Blaze.Storage.Core.Functions;
using Blaze.Storage.SampleFunctions;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

public sealed class OperationRegistryTests : IDisposable
{
    private readonly OperationRegistry _registry = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-operations-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AddPackage_FolderOfAssemblies_OffersWhatIsMarked()
    {
        Put(typeof(SampleOperations).Assembly.Location);
        Put(typeof(FunctionException).Assembly.Location);
        Assert.Equal(["count-words", "later", "plus", "plus@2"], _registry.AddPackage(_folder.FullName).Order(StringComparer.Ordinal));
        Assert.Equal(["count-words", "later", "plus", "plus@2"], _registry.Names);
    }

    [Fact]
    public async Task TryGet_OfferedOperations_CanBeCalled()
    {
        Put(typeof(SampleOperations).Assembly.Location);
        _registry.AddPackage(_folder.FullName);
        Assert.Equal(5, Get("plus").Invoke([2, 3]));
        Assert.Equal(3, Get("plus").Invoke([2]));
        Assert.Equal(5L, Get("plus@2").Invoke([2L, 3L]));
        Assert.Equal("a!", await AsyncResult.AwaitAsync(Get("later").Invoke(["a"])));
        Assert.Equal(typeof(string), Get("later").ResultType);
        var words = Assert.IsType<Dictionary<string, int>>(Get("count-words").Invoke(["a b a"]));
        Assert.Equal(2, words["a"]);
        Assert.Equal(["left", "right"], Get("plus").Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void AddPackage_SameOperationsTwice_NamesBothAndAddsNothing()
    {
        Put(typeof(SampleOperations).Assembly.Location);
        _registry.Add("later", (string text) => text);
        var problem = Assert.Throws<FunctionException>(() => _registry.AddPackage(_folder.FullName));
        Assert.Contains("'later'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("the program itself", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["later"], _registry.Names);
    }

    [Fact]
    public void AddPackage_NothingToOffer_SaysSo()
    {
        Assert.Contains("declares an operation", Assert.Throws<FunctionException>(() => _registry.AddPackage(_folder.FullName)).Message, StringComparison.Ordinal);
        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Contains(missing, Assert.Throws<FunctionException>(() => _registry.AddPackage(missing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPackage_OperationsThatCannotBeOffered_NamesTheMethod()
    {
        Put(typeof(OperationRegistryTests).Assembly.Location);
        var problem = Assert.Throws<FunctionException>(() => _registry.AddPackage(_folder.FullName));
        Assert.Contains("BadOperations.NotPublic' cannot be an operation: it is not public", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FunctionsOfTheProgram_CanBeCalled()
    {
        var factor = 3;
        _registry.Add("triple", (int value) => value * factor);
        _registry.Add("root", Math.Sqrt, version: 2);
        Assert.Equal(6, Get("triple").Invoke([2]));
        Assert.Equal(2.0, Get("root@2").Invoke([4.0]));
        Assert.False(_registry.TryGet("root", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Add")]
    [InlineData("1st")]
    [InlineData("a.b")]
    [InlineData("a@2")]
    [InlineData("a b")]
    public void Add_UnusableName_IsRefused(string name) =>
        Assert.Equal(FunctionErrorKind.InvalidName, Assert.Throws<FunctionException>(() => _registry.Add(name, Math.Sqrt)).Kind);

    private LoadedFunction Get(string name) =>
        _registry.TryGet(name, out var function) ? function : throw new InvalidOperationException($"'{name}' is not offered.");

    private void Put(string file) => File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));

    public static class BadOperations
    {
        [Operation("not-public")]
        internal static int NotPublic() => 1;
    }
}
