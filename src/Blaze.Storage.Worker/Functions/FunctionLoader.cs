using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// Loads shipped functions. Nothing is read, let alone run, before the signature over the code and the captured values was verified with
/// the cluster's key, and no assembly is loaded whose bytes are not those the code names. Safe for any number of threads.
/// </summary>
public sealed class FunctionLoader : IDisposable
{
    private readonly FunctionLoaderOptions _options;
    private readonly ShippedContexts _contexts;

    /// <summary>Starts without anything loaded.</summary>
    public FunctionLoader(FunctionLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _contexts = new ShippedContexts(options.MaxContexts);
    }

    /// <summary>How many sets of assemblies are loaded and kept.</summary>
    public int ContextCount => _contexts.Count;

    /// <summary>Loads a function; one that is loaded already costs nothing but its captured values.</summary>
    /// <param name="function">What the task names.</param>
    /// <param name="source">Gets the code and the assemblies; only asked for what is not loaded yet.</param>
    /// <param name="cancellationToken">Gives up while something is fetched.</param>
    /// <returns>The function, to be disposed after the call.</returns>
    /// <exception cref="FunctionException">It must not or cannot run here; the kind says why.</exception>
    public ValueTask<LoadedFunction> LoadAsync(ShippedFunction function, CodeSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(source);
        var key = RequireKey();
        return _contexts.TryHold(function.Code, out var method, out var release)
            ? new ValueTask<LoadedFunction>(Open(function, method, release, key))
            : LoadNewAsync(function, source, key, cancellationToken);
    }

    /// <summary>Unloads everything that is not in use, and the rest when it no longer is.</summary>
    public void Dispose() => _contexts.Clear();

    private async ValueTask<LoadedFunction> LoadNewAsync(ShippedFunction function, CodeSource source, ClusterKey key, CancellationToken cancellationToken)
    {
        var bytes = await GetAsync(function.Code, source, cancellationToken) ?? throw Missing($"The code '{function.Code}' of a shipped function");
        if (!function.IsSigned(bytes.Span, key))
            throw BadSignature();
        var code = FunctionCode.Parse(function.Code, bytes);
        var (context, release) = await HoldContextAsync(code, source, cancellationToken);
        try
        {
            var method = new ShippedMethod(code, context);
            _contexts.Add(context, method);
            return new LoadedFunction(method.Shape, method.TargetOf(function.State), release);
        }
        catch
        {
            release();
            throw;
        }
    }

    private async ValueTask<(ShippedContext Context, Action Release)> HoldContextAsync(FunctionCode code, CodeSource source, CancellationToken cancellationToken)
    {
        var setKey = ShippedContext.KeyOf(code.Assemblies);
        if (_contexts.TryHoldContext(setKey, out var context, out var release))
            return (context, release);
        var images = await Task.WhenAll(code.Assemblies.Select(assembly => FetchAsync(assembly, source, cancellationToken)));
        context = _contexts.Add(new ShippedContext(setKey, images), out release);
        return (context, release);
    }

    private static async Task<AssemblyImage> FetchAsync(AssemblyReference assembly, CodeSource source, CancellationToken cancellationToken)
    {
        var bytes = await GetAsync(assembly.Hash, source, cancellationToken) ?? throw Missing($"The assembly '{assembly.Name}' of a shipped function");
        var image = new AssemblyImage(assembly.Name, bytes);
        return image.Hash == assembly.Hash
            ? image
            : throw new FunctionException(FunctionErrorKind.DamagedCode, $"What is stored for the assembly '{assembly.Name}' is not what was signed; submit the function again, so that it is stored again.");
    }

    // A null of bytes easily becomes empty memory on its way, and neither code nor an assembly is ever empty.
    private static async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string name, CodeSource source, CancellationToken cancellationToken) =>
        await source(name, cancellationToken) is { IsEmpty: false } bytes ? bytes : default(ReadOnlyMemory<byte>?);

    private static LoadedFunction Open(ShippedFunction function, ShippedMethod method, Action release, ClusterKey key)
    {
        try
        {
            // Without captured values a signature is right for good once it was right.
            if (function.State is not null || method.Verified != function.Signature)
            {
                if (!function.IsSigned(method.Code.Bytes.Span, key))
                    throw BadSignature();
                if (function.State is null)
                    method.Verified = function.Signature;
            }
            return new LoadedFunction(method.Shape, method.TargetOf(function.State), release);
        }
        catch
        {
            release();
            throw;
        }
    }

    private ClusterKey RequireKey() =>
        !_options.AllowCode
            ? throw new FunctionException(FunctionErrorKind.NotAllowed, "This worker runs no shipped code; start it with --allow-code and a cluster key, or offer the function as a named operation.")
            : _options.Key ?? throw new FunctionException(FunctionErrorKind.NotAllowed, "This worker has no cluster key, without which it runs no shipped code; start it with --allow-code and the cluster key that the clients use.");

    private static FunctionException Missing(string what) =>
        new(FunctionErrorKind.MissingCode, $"{what} is stored nowhere any more; submit the function again, so that it is stored again.");

    private static FunctionException BadSignature() =>
        new(FunctionErrorKind.BadSignature, "The signature of a shipped function is not one of this cluster's key, so it was not loaded; give the client and the workers the same cluster key.");
}
