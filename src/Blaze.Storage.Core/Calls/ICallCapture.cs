namespace Blaze.Storage.Core.Calls;

/// <summary>Turns functions of this process into ones that any worker can call.</summary>
public interface ICallCapture
{
    /// <summary>Captures a function.</summary>
    /// <param name="called">The function.</param>
    /// <exception cref="BlazeException">It cannot travel; the message says which variable is the reason.</exception>
    CapturedCall Capture(Delegate called);
}

/// <summary>A function that can be called elsewhere once its code is stored.</summary>
/// <param name="Function">What is called.</param>
/// <param name="Code">What has to be stored under <see cref="CodeKey.Of"/> first: names and bytes.</param>
public sealed record CapturedCall(CallFunction Function, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Code);
