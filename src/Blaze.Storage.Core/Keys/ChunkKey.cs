using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Keys;

/// <summary>
/// The name of a chunk's result: <c>HIST_&lt;hash&gt;.&lt;start&gt;_&lt;end&gt;</c>, with two hashes for an operation over two resources.
/// Everything before the first <c>.</c> says what, everything after it which part.
/// </summary>
/// <param name="What">The operation's token and the hashes of its resources, joined by <c>_</c>.</param>
/// <param name="Range">The bytes the chunk owns.</param>
public sealed record ChunkKey(string What, ByteRange Range)
{
    /// <summary>Names a chunk of an operation over resources.</summary>
    public static string WhatOf(string operationToken, IEnumerable<ResourceHash> resources) =>
        string.Join('_', resources.Select(hash => hash.ToString()).Prepend(operationToken));

    /// <summary>The operation's token, for example <c>HIST-n2</c>.</summary>
    public string OperationToken => What[..What.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>The hashes, one or two.</summary>
    public IReadOnlyList<ResourceHash> Resources =>
        [.. What.Split('_').Skip(1).Select(text => ResourceHash.TryParse(text, out var hash) ? hash : throw new FormatException($"'{text}' is no hash."))];

    /// <summary>The key as it is stored.</summary>
    public override string ToString() => $"{What}.{Range}";

    /// <summary>Reads what <see cref="ToString"/> wrote, and nothing else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ChunkKey? key)
    {
        key = null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !ByteRange.TryParse(text.AsSpan(dot + 1), out var range))
            return false;
        var tokens = text[..dot].Split('_');
        if (tokens.Length is < 2 or > 3 || !IsOperationToken(tokens[0]) || !tokens.Skip(1).All(token => ResourceHash.TryParse(token, out _)))
            return false;
        key = new ChunkKey(text[..dot], range);
        return true;
    }

    private static bool IsOperationToken(string token) =>
        token.Length > 0 && char.IsAsciiLetterUpper(token[0]) && token.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
