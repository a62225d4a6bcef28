using System.Buffers;
using System.Globalization;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// The name of an operation and its version, written <c>name@2</c>; version 1 is <c>name</c>. A name is a lower-case letter, then
/// up to 63 lower-case letters, digits or <c>-</c>, so that it can begin a key.
/// </summary>
/// <param name="Name">The name without the version.</param>
/// <param name="Version">The version, from 1.</param>
public readonly record struct OperationName(string Name, int Version = 1)
{
    /// <summary>The length of the longest name.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text can be a name, without a version.</summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxLength && char.IsAsciiLetterLower(text[0]) && !text.ContainsAnyExcept(Allowed);

    /// <summary>The name and version, checked.</summary>
    /// <exception cref="FunctionException">The name or the version cannot be used.</exception>
    public static OperationName Of(string name, int version = 1)
    {
        if (!IsName(name))
            throw Invalid(name);
        if (version < 1)
            throw new FunctionException(FunctionErrorKind.InvalidName, $"The version of the operation '{name}' must be 1 or more, not {version}.");
        return new OperationName(name, version);
    }

    /// <summary>Reads <c>name</c> or <c>name@2</c>.</summary>
    /// <exception cref="FunctionException">The text is neither.</exception>
    public static OperationName Parse(string text) => TryParse(text, out var name) ? name : throw Invalid(text);

    /// <summary>Reads <c>name</c> or <c>name@2</c>; <c>name@1</c> and leading zeros are not how a version is written.</summary>
    public static bool TryParse(string text, out OperationName name)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var version = 1;
        var valid = IsName(at < 0 ? text : text.AsSpan(0, at))
            && (at < 0 || (int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 1 && text[at + 1] != '0'));
        name = valid ? new OperationName(at < 0 ? text : text[..at], version) : default;
        return valid;
    }

    /// <summary><c>name@2</c>, or <c>name</c> for version 1.</summary>
    public override string ToString() => Version == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}@{Version}");

    private static FunctionException Invalid(string text) =>
        new(FunctionErrorKind.InvalidName, $"'{text}' is not the name of an operation: use a lower-case letter, then up to 63 lower-case letters, digits or '-', and '@2' for a version other than the first.");
}
