using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>Captures and signs the functions that running functions call.</summary>
/// <param name="key">The cluster's key.</param>
public sealed class CallCapture(ClusterKey key) : ICallCapture
{
    private readonly FunctionCapture _capture = new();
    private readonly ConditionalWeakTable<CapturedFunction, CapturedCall> _known = [];

    /// <inheritdoc/>
    public CapturedCall Capture(Delegate called)
    {
        ArgumentNullException.ThrowIfNull(called);
        return _known.GetValue(_capture.Capture(called), Ship);
    }

    private CapturedCall Ship(CapturedFunction captured) => new(
        CallFunction.Shipped(captured.Name, captured.Identity, captured.Sign(key)),
        [new(captured.Code.Id, captured.Code.Bytes), .. captured.Assemblies.Select(image => new KeyValuePair<string, ReadOnlyMemory<byte>>(image.Hash, image.Bytes))]);
}
