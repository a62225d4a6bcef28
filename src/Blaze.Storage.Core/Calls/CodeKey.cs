namespace Blaze.Storage.Core.Calls;

/// <summary>Under which keys the center keeps shipped code.</summary>
public static class CodeKey
{
    /// <summary>The key of a function's code (an id of 32 digits) or of an assembly (a hash of 64).</summary>
    public static string Of(string hash) => $"CODE-{hash}";
}
