using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;
using Blaze.Storage.SampleFunctions;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

/// <summary>Looks at the memory of the whole process, so nothing else may run meanwhile.</summary>
[Collection(nameof(UnloadTests))]
[CollectionDefinition(nameof(UnloadTests), DisableParallelization = true)]
public sealed class UnloadTests
{
    private const int Cycles = 10_000;
    private const int WarmCycles = 2_000;

    private readonly Shipping _shipping = new();

    [Fact]
    public void Load_TenThousandSets_KeepsNoneOfThemAndNoMemory()
    {
        using var loader = new FunctionLoader(Shipping.Options with { MaxContexts = 1 });
        ShippedFunction[] variants = [.. Enumerable.Range(0, 2).Select(number => SampleVariant.Of(_shipping, SampleCode.Mirror, number))];
        var contexts = new List<WeakReference>();
        var warm = 0L;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            // As the types of arguments and results go through JSON now and then, and the other times not at all.
            contexts.Add(RunOnce(loader, variants[cycle % 2], withJson: cycle % 10 < 2));
            if (cycle % 250 == 249)
                Collect();
            if (cycle == WarmCycles)
                warm = MemoryInUse();
        }
        var grown = MemoryInUse() - warm;
        Assert.InRange(contexts.Count(context => context.IsAlive), 0, 2);
        Assert.True(grown < 48L << 20, $"{grown >> 20} MiB more after {Cycles - WarmCycles} sets.");
    }

    [Fact]
    public void Dispose_FunctionInUse_UnloadsWhenItIsLetGo()
    {
        var loader = new FunctionLoader(Shipping.Options);
        var context = DisposeWhileInUse(loader, SampleVariant.Of(_shipping, SampleCode.Mirror, 7));
        Collect();
        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference DisposeWhileInUse(FunctionLoader loader, ShippedFunction function)
    {
        using var loaded = Load(loader, function);
        loader.Dispose();
        Mirror(loaded);
        return new WeakReference(AssemblyLoadContext.GetLoadContext(loaded.ResultType.Assembly));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunOnce(FunctionLoader loader, ShippedFunction function, bool withJson)
    {
        using var loaded = Load(loader, function);
        if (withJson)
            Mirror(loaded);
        else
            loaded.Invoke([RuntimeHelpers.GetUninitializedObject(loaded.ResultType)]);
        return new WeakReference(AssemblyLoadContext.GetLoadContext(loaded.ResultType.Assembly));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoadedFunction Load(FunctionLoader loader, ShippedFunction function)
    {
        var load = loader.LoadAsync(function, _shipping.GetAsync, CancellationToken.None).AsTask();
        Assert.True(load.IsCompleted, "Nothing had to be waited for.");
        return load.Result;
    }

    private static void Mirror(LoadedFunction loaded)
    {
        var point = ValueFormats.Decode(new Value(ValueFormat.Json, """{"x":1,"y":2}"""u8.ToArray()), loaded.Parameters[0].Type, "point");
        var mirrored = ValueFormats.Encode(loaded.Invoke([point]), loaded.ResultType);
        Assert.Equal("""{"x":2,"y":1}""", Encoding.UTF8.GetString(mirrored.Contiguous().Span));
    }

    private static long MemoryInUse()
    {
        Collect();
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }

    private static void Collect()
    {
        // Unloading takes a few rounds: finalizers let go of what the next round frees.
        for (var round = 0; round < 5; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
