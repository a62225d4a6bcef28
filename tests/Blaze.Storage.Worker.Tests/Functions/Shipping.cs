using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

/// <summary>What a client stores of captured functions, and the cluster's key.</summary>
internal sealed class Shipping
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _stored = [];

    public static ClusterKey Key { get; } = ClusterKey.Parse("00112233445566778899aabbccddeeff");

    public static FunctionLoaderOptions Options { get; } = new() { AllowCode = true, Key = Key };

    /// <summary>What was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Captures a function and stores what it needs, as a client does.</summary>
    public ShippedFunction Ship(Delegate function)
    {
        var captured = new FunctionCapture().Capture(function);
        Store(captured.Code.Id, captured.Code.Bytes);
        foreach (var assembly in captured.Assemblies)
            Store(assembly.Hash, assembly.Bytes);
        return captured.Sign(Key);
    }

    public void Store(string name, ReadOnlyMemory<byte> bytes) => _stored[name] = bytes;

    public ReadOnlyMemory<byte> Stored(string name) => _stored[name];

    public void Lose(string name) => _stored.Remove(name);

    public ValueTask<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add(name);
        return new ValueTask<ReadOnlyMemory<byte>?>(_stored.TryGetValue(name, out var bytes) ? bytes : null);
    }

    /// <summary>Ships a function through JSON, loads it into a context nothing else was loaded into, and calls it.</summary>
    public static async Task<object?> RunElsewhereAsync(Delegate function, params object?[] arguments)
    {
        var shipping = new Shipping();
        var shipped = ShippedFunction.Parse(shipping.Ship(function).ToJson());
        using var loader = new FunctionLoader(Options);
        using var loaded = await loader.LoadAsync(shipped, shipping.GetAsync, TestContext.Current.CancellationToken);
        return await AsyncResult.AwaitAsync(loaded.Invoke(arguments));
    }
}
