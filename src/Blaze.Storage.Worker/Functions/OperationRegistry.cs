using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>
/// The named operations a worker offers: those the program registers, and those of op packages, folders of assemblies in which public
/// static methods carry <see cref="OperationAttribute"/>. Safe for any number of threads.
/// </summary>
public sealed class OperationRegistry
{
    private readonly ConcurrentDictionary<string, Offer> _offers = new(StringComparer.Ordinal);

    /// <summary>The names that are offered, with versions other than the first (<c>name@2</c>), in order; for the worker's description.</summary>
    public IReadOnlyList<string> Names => [.. _offers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Offers a function of this program.</summary>
    /// <param name="name">The name, without a version.</param>
    /// <param name="function">The function; several threads may call it at once.</param>
    /// <param name="version">The version, from 1.</param>
    /// <exception cref="FunctionException">The name cannot be used or is offered already.</exception>
    public void Add(string name, Delegate function, int version = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        var isBound = function.Target is not null;
        Add(OperationName.Of(name, version), function.Method, isBound, function.Target, "the program itself");
    }

    /// <summary>Offers the operations of a package: all of them, or none where one cannot be offered.</summary>
    /// <param name="folder">The folder with the assemblies, and what they need.</param>
    /// <returns>The names that were added.</returns>
    /// <exception cref="FunctionException">There is no such folder, it holds no operation, or one that cannot be offered; the message names it.</exception>
    public IReadOnlyList<string> AddPackage(string folder)
    {
        var operations = OperationPackage.Find(folder);
        var added = new List<string>();
        try
        {
            foreach (var (name, method) in operations)
            {
                Add(name, method, hasTarget: false, null, $"the folder '{folder}'");
                added.Add(name.ToString());
            }
        }
        catch
        {
            added.ForEach(name => _offers.TryRemove(name, out _));
            throw;
        }
        return added;
    }

    /// <summary>Finds an operation; there is no need to dispose it.</summary>
    /// <param name="name">The name, with <c>@2</c> for a version other than the first.</param>
    /// <param name="function">The operation.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out LoadedFunction? function)
    {
        function = _offers.TryGetValue(name, out var offer) ? offer.Function : null;
        return function is not null;
    }

    private void Add(OperationName name, MethodInfo method, bool hasTarget, object? target, string source)
    {
        var shape = new FunctionShape(name.ToString(), method, hasTarget, null);
        var offer = new Offer(new LoadedFunction(shape, target, null), source);
        if (_offers.TryAdd(name.ToString(), offer))
            return;
        var first = _offers.GetValueOrDefault(name.ToString())?.Source ?? "another one";
        throw new FunctionException(
            FunctionErrorKind.InvalidName, $"The operation '{name}' of {source} is offered by {first} already; give one of them another name or version.");
    }

    private sealed record Offer(LoadedFunction Function, string Source);
}
