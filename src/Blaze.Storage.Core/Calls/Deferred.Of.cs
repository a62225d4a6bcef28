using System.Runtime.CompilerServices;

namespace Blaze.Storage.Core.Calls;

public abstract partial class Deferred
{
    /// <summary>Calls a function, with values or with the values of other calls; it may go on with calls itself.</summary>
    /// <param name="function">The function.</param>
    public static Deferred<TResult> Of<T, TResult>(Func<T, TResult> function, T argument) =>
        new(function, null, [CallPart.Of(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(1)]
    public static Deferred<TResult> Of<T, TResult>(Func<T, Deferred<TResult>> function, T argument) =>
        new(function, null, [CallPart.Of(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(2)]
    public static Deferred<TResult> Of<T, TResult>(Func<T, TResult> function, Deferred<T> argument) =>
        new(function, null, [CallPart.OfCall(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(3)]
    public static Deferred<TResult> Of<T, TResult>(Func<T, Deferred<TResult>> function, Deferred<T> argument) =>
        new(function, null, [CallPart.OfCall(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(4)]
    public static Deferred<TResult> Of<T, TResult>(Func<T[], TResult> function, IEnumerable<Deferred<T>> argument) =>
        new(function, null, [CallPart.OfList(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(5)]
    public static Deferred<TResult> Of<T, TResult>(Func<T[], Deferred<TResult>> function, IEnumerable<Deferred<T>> argument) =>
        new(function, null, [CallPart.OfList(argument)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, TResult> function, T1 first, T2 second) =>
        new(function, null, [CallPart.Of(first), CallPart.Of(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(1)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, Deferred<TResult>> function, T1 first, T2 second) =>
        new(function, null, [CallPart.Of(first), CallPart.Of(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(2)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, TResult> function, T1 first, Deferred<T2> second) =>
        new(function, null, [CallPart.Of(first), CallPart.OfCall(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(3)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, Deferred<TResult>> function, T1 first, Deferred<T2> second) =>
        new(function, null, [CallPart.Of(first), CallPart.OfCall(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(2)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, TResult> function, Deferred<T1> first, T2 second) =>
        new(function, null, [CallPart.OfCall(first), CallPart.Of(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(3)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, Deferred<TResult>> function, Deferred<T1> first, T2 second) =>
        new(function, null, [CallPart.OfCall(first), CallPart.Of(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(4)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, TResult> function, Deferred<T1> first, Deferred<T2> second) =>
        new(function, null, [CallPart.OfCall(first), CallPart.OfCall(second)]);

    /// <inheritdoc cref="Of{T, TResult}(Func{T, TResult}, T)"/>
    [OverloadResolutionPriority(5)]
    public static Deferred<TResult> Of<T1, T2, TResult>(Func<T1, T2, Deferred<TResult>> function, Deferred<T1> first, Deferred<T2> second) =>
        new(function, null, [CallPart.OfCall(first), CallPart.OfCall(second)]);
}
