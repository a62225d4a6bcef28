using System.Runtime.CompilerServices;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Calls;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    /// <summary>
    /// Calls a function of this program on some worker: a method or a lambda, with the variables it captured. Workers run it only when they were
    /// started with <c>--allow-code</c> and the cluster key that this client has. Functions without side effects are assumed, see
    /// <see cref="CallOptions.Pure"/>. Arguments are values or futures, whose values the workers pass on, or lists of futures.
    /// </summary>
    /// <param name="function">The function; of an async one the value is what its task ends with.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="expression">Its text, which the compiler gives; it names lambdas.</param>
    /// <exception cref="Core.BlazeException">The function or an argument cannot travel; the message says which variable is the reason.</exception>
    public Future<TResult> Submit<TResult>(
        Func<TResult> function, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public Future<TResult> Submit<TResult>(
        Func<Task<TResult>> function, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    public Future<TResult> Submit<T, TResult>(
        Func<T, TResult> function, T argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public Future<TResult> Submit<T, TResult>(
        Func<T, Task<TResult>> function, T argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(2)]
    public Future<TResult> Submit<T, TResult>(
        Func<T, TResult> function, Future<T> argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(3)]
    public Future<TResult> Submit<T, TResult>(
        Func<T, Task<TResult>> function, Future<T> argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(4)]
    public Future<TResult> Submit<T, TResult>(
        Func<T[], TResult> function, IEnumerable<Future<T>> argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfList(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(5)]
    public Future<TResult> Submit<T, TResult>(
        Func<T[], Task<TResult>> function, IEnumerable<Future<T>> argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfList(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 first, T2 second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(first), CallInput.Of(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, T1 first, T2 second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(first), CallInput.Of(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(2)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, TResult> function, T1 first, Future<T2> second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(first), CallInput.OfFuture(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(3)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, T1 first, Future<T2> second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(first), CallInput.OfFuture(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(2)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, TResult> function, Future<T1> first, T2 second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(first), CallInput.Of(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(3)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, Future<T1> first, T2 second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(first), CallInput.Of(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(4)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, TResult> function, Future<T1> first, Future<T2> second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(first), CallInput.OfFuture(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(5)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> function, Future<T1> first, Future<T2> second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(first), CallInput.OfFuture(second));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    public Future<TResult> Submit<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, Arg<T1> first, Arg<T2> second, Arg<T3> third, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, first.Input, second.Input, third.Input);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public Future<TResult> Submit<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> function, Arg<T1> first, Arg<T2> second, Arg<T3> third, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, first.Input, second.Input, third.Input);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    public Future<TResult> Submit<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, Arg<T1> first, Arg<T2> second, Arg<T3> third, Arg<T4> fourth, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, first.Input, second.Input, third.Input, fourth.Input);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public Future<TResult> Submit<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> function, Arg<T1> first, Arg<T2> second, Arg<T3> third, Arg<T4> fourth, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, first.Input, second.Input, third.Input, fourth.Input);

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(7)]
    public Future<TResult> Submit<T, TResult>(
        Func<T, Deferred<TResult>> function, T argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(9)]
    public Future<TResult> Submit<T, TResult>(
        Func<T, Deferred<TResult>> function, Future<T> argument, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(argument));

    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    [OverloadResolutionPriority(7)]
    public Future<TResult> Submit<T1, T2, TResult>(
        Func<T1, T2, Deferred<TResult>> function, T1 first, T2 second, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        _calls.Submit<TResult>(function, expression, options, CallInput.Of(first), CallInput.Of(second));

    /// <summary>Calls a function once for each element, which are values or futures; the futures are in the order of the elements.</summary>
    /// <inheritdoc cref="Submit{TResult}(Func{TResult}, CallOptions, string)"/>
    /// <param name="elements">The arguments.</param>
    public IReadOnlyList<Future<TResult>> Map<T, TResult>(
        Func<T, TResult> function, IEnumerable<T> elements, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        [.. elements.Select(element => _calls.Submit<TResult>(function, expression, options, CallInput.Of(element)))];

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, CallOptions, string)"/>
    [OverloadResolutionPriority(1)]
    public IReadOnlyList<Future<TResult>> Map<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<T> elements, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        [.. elements.Select(element => _calls.Submit<TResult>(function, expression, options, CallInput.Of(element)))];

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, CallOptions, string)"/>
    [OverloadResolutionPriority(2)]
    public IReadOnlyList<Future<TResult>> Map<T, TResult>(
        Func<T, TResult> function, IEnumerable<Future<T>> elements, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        [.. elements.Select(element => _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(element)))];

    /// <inheritdoc cref="Map{T, TResult}(Func{T, TResult}, IEnumerable{T}, CallOptions, string)"/>
    [OverloadResolutionPriority(3)]
    public IReadOnlyList<Future<TResult>> Map<T, TResult>(
        Func<T, Task<TResult>> function, IEnumerable<Future<T>> elements, CallOptions? options = null, [CallerArgumentExpression(nameof(function))] string? expression = null) =>
        [.. elements.Select(element => _calls.Submit<TResult>(function, expression, options, CallInput.OfFuture(element)))];
}
