using System.Text.Json;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Cli.Tests.Cluster;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>A folder and a store in memory, between which command lines copy.</summary>
internal sealed class CpWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CpWorld() => Stores = new ObjectStoreRegistry(new LocalFileStore(), Memory);

    public MemoryObjectStore Memory { get; } = new();

    public ObjectStoreRegistry Stores { get; }

    public string Folder => _folder.Path;

    public string Journals => Path.Combine(Folder, "copies");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Compares much faster than a collection is compared.</summary>
    public static void AssertSame(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"The bytes differ from {expected.AsSpan().CommonPrefixLength(actual)} on.");
    }

    public static ResourceUri Remote(string name) => ResourceUri.Parse("memory://any/" + name);

    public string Name(string name) => Path.Combine(Folder, name);

    public CommandRun NewRun() => new() { Stores = Stores, Folder = Folder, Time = new TimeWithoutTimers() };

    /// <summary>Runs a copy that must succeed.</summary>
    public async Task<JsonElement> CopyAsync(params string[] arguments)
    {
        var run = NewRun();
        var code = await run.RunAsync(["cp", "--json", .. arguments]);
        Assert.True(code == ExitCodes.Done, $"{code}: {run.Error}");
        Assert.Empty(run.Error);
        return JsonDocument.Parse(run.Results).RootElement;
    }

    /// <summary>Runs a copy that must fail.</summary>
    public async Task<string> FailAsync(int exitCode, params string[] arguments)
    {
        var run = NewRun();
        Assert.Equal(exitCode, await run.RunAsync(["cp", .. arguments]));
        Assert.All(run.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("blaze: ", line, StringComparison.Ordinal));
        return run.Error;
    }

    public Task<ResourceInfo> PutAsync(string name, byte[] content) => Memory.PutAsync(Remote(name), content, Token);

    public Task<byte[]> GetAsync(string name) => Memory.GetAsync(Remote(name), null, Token);

    /// <summary>The names below a folder, those of staged files included.</summary>
    public string[] Names(string folder) =>
        !Directory.Exists(Name(folder)) ? [] : [.. Directory.GetFiles(Name(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Name(folder), file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
