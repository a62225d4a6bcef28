using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Turns the arguments of a call into what its function takes.</summary>
internal static class CallArguments
{
    /// <summary>One value for each parameter that was given one, and the token for a parameter that wants it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">The recipe's arguments.</param>
    /// <param name="inputs">The value of each key among them.</param>
    /// <param name="stop">Fires when the call is no longer wanted or has taken too long.</param>
    public static object?[] Decode(LoadedFunction function, IReadOnlyList<CallArgument> arguments, Func<string, Value> inputs, CancellationToken stop)
    {
        var parameters = function.Parameters;
        var wantsToken = parameters.Count > 0 && parameters[^1].Type == typeof(CancellationToken) && arguments.Count < parameters.Count;
        if (arguments.Count > parameters.Count)
            throw TooMany(function, arguments.Count);
        var values = new object?[wantsToken ? parameters.Count : arguments.Count];
        for (var at = 0; at < arguments.Count; at++)
            values[at] = Decode(function, parameters[at], arguments[at], inputs);
        if (!wantsToken)
            return values;
        for (var at = arguments.Count; at < values.Length - 1; at++)
            values[at] = parameters[at].Default;
        values[^1] = stop;
        return values;
    }

    /// <summary>The bytes of a function's result.</summary>
    public static Value Encode(LoadedFunction function, object? result)
    {
        if (function.ResultType == typeof(void))
            return ValueFormats.Encode<object?>(null);
        return ValueFormats.Encode(result, function.ResultType);
    }

    private static object? Decode(LoadedFunction function, FunctionParameter parameter, in CallArgument argument, Func<string, Value> inputs)
    {
        if (argument.List is { } list)
            return DecodeList(function, parameter, list, inputs);
        var name = argument.Key ?? $"the argument '{parameter.Name}'";
        var value = argument.Key is { } key ? inputs(key) : argument.Literal;
        return parameter.Type == typeof(Value) ? value : ValueFormats.Decode(value, parameter.Type, name);
    }

    // An array, or what an array can be given for; else one of the element's type is made of it.
    private static object DecodeList(LoadedFunction function, FunctionParameter parameter, IReadOnlyList<CallArgument> list, Func<string, Value> inputs)
    {
        var element = ElementOf(parameter.Type)
            ?? throw new FunctionException(FunctionErrorKind.Unfitting, $"The function '{function.Name}' takes a {parameter.Type.Name} as '{parameter.Name}', but was given a list.");
        var values = Array.CreateInstance(element, list.Count);
        var name = $"an element of the argument '{parameter.Name}'";
        for (var at = 0; at < list.Count; at++)
        {
            var one = list[at];
            values.SetValue(ValueFormats.Decode(one.Key is { } key ? inputs(key) : one.Literal, element, one.Key ?? name), at);
        }

        return parameter.Type.IsInstanceOfType(values) ? values : Activator.CreateInstance(parameter.Type, values)!;
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsSZArray)
            return type.GetElementType();
        if (type == typeof(object))
            return typeof(object);
        return type is { IsGenericType: true, GenericTypeArguments: [var element] }
            && (type.IsAssignableFrom(element.MakeArrayType()) || type.GetConstructor([typeof(IEnumerable<>).MakeGenericType(element)]) is not null)
            ? element
            : null;
    }

    private static FunctionException TooMany(LoadedFunction function, int given) =>
        new(FunctionErrorKind.Unfitting, $"The function '{function.Name}' takes {function.Parameters.Count} arguments, but was given {given}.");
}
