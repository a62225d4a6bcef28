using System.Text.Json;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// How the value of a call is computed, as the center keeps it:
/// <c>{"kind":"call","op":"inc@2","args":[…],"limit":1000,"retries":{"max":3,"delay":100,"factor":2},"trace":"00-…"}</c>, UTF-8, without white space, <c>kind</c>
/// first, and <c>"resources":{"gpu":1}</c> second where it takes any. Shipped code has <c>code</c>, <c>state</c> and <c>signature</c> instead of <c>op</c>; times are milliseconds; what is not set is left out.
/// An argument is <c>{"v":JSON}</c>, <c>{"f":format,"b":base64}</c>, <c>{"k":key}</c> or <c>{"l":[…]}</c>, a list of the other three.
/// </summary>
/// <param name="Operation">The named operation, or null.</param>
/// <param name="Code">The shipped code, or null.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="Policy">How it is run.</param>
public sealed record CallRecipe(string? Operation, ShippedFunction? Code, IReadOnlyList<CallArgument> Arguments, CallPolicy Policy)
{
    internal const string Kind = "call";

    /// <summary>Whether a recipe is one of a call.</summary>
    public static bool IsCall(ReadOnlySpan<byte> recipe) => recipe.StartsWith("{\"kind\":\"call\""u8);

    /// <summary>Reads a recipe.</summary>
    /// <param name="recipe">The bytes; literal arguments are views of them.</param>
    /// <exception cref="BlazeException">The bytes are no call this version knows.</exception>
    public static CallRecipe Parse(ReadOnlyMemory<byte> recipe)
    {
        try
        {
            return new CallReader(recipe).Read();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw Unreadable(problem);
        }
    }

    internal static BlazeException Unreadable(Exception problem) =>
        new("A task's recipe is no call this worker understands; it may come from a newer version: upgrade the worker.", problem);
}
