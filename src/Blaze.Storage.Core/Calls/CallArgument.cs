using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>An argument of a call: a value, the value of a key, or a list of these.</summary>
public readonly struct CallArgument
{
    private CallArgument(Value literal, string? key, IReadOnlyList<CallArgument>? list)
    {
        Literal = literal;
        Key = key;
        List = list;
    }

    /// <summary>The value, where it is given itself; otherwise empty.</summary>
    public Value Literal { get; }

    /// <summary>The key whose value is meant, or null.</summary>
    public string? Key { get; }

    /// <summary>The elements of a list, or null.</summary>
    public IReadOnlyList<CallArgument>? List { get; }

    /// <summary>A value.</summary>
    public static CallArgument Of(Value value) => new(value, null, null);

    /// <summary>The value of a key, which the call waits for.</summary>
    public static CallArgument Reference(string key) => new(default, key, null);

    /// <summary>A list; its elements are values and references, no lists.</summary>
    public static CallArgument ListOf(IReadOnlyList<CallArgument> elements) => new(default, null, elements);
}
