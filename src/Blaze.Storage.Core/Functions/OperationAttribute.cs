namespace Blaze.Storage.Core.Functions;

/// <summary>
/// Offers a public static method, or the only public static method of a class, as a named operation to everybody who may submit
/// tasks. The assembly lies in a folder the worker was started with.
/// </summary>
/// <param name="name">The name: a lower-case letter, then up to 63 lower-case letters, digits or <c>-</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = false)]
public sealed class OperationAttribute(string name) : Attribute
{
    /// <summary>The name without the version.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The version, from 1. Whoever changes what the operation computes gives it the next one: results are found by name and
    /// version, and those of an older version stay true.
    /// </summary>
    public int Version { get; init; } = 1;
}
