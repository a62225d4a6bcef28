using Blaze.Storage.Center;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Finds what a call calls: an operation of this worker, or shipped code that it loads.</summary>
internal sealed class CallFunctions(OperationRegistry operations, FunctionLoader loader, CenterConnection center, CenterRetry retry)
{
    /// <summary>The function, to be disposed after the call.</summary>
    public ValueTask<LoadedFunction> FindAsync(CallRecipe call, CancellationToken cancellationToken)
    {
        if (call.Code is { } code)
            return loader.LoadAsync(code, ReadCodeAsync, cancellationToken);
        return operations.TryGet(call.Operation!, out var function) || CommonOperations.Registry.TryGet(call.Operation!, out function)
            ? new ValueTask<LoadedFunction>(function)
            : throw new FunctionException(
                FunctionErrorKind.MissingCode, $"This worker does not offer the operation '{call.Operation}'; start workers with the folder of its package, and submit the call again.");
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadCodeAsync(string name, CancellationToken cancellationToken)
    {
        var found = await retry.RunAsync(token => center.Values.GetAsync([CodeKey.Of(name)], token), cancellationToken);
        return found[0];
    }
}
