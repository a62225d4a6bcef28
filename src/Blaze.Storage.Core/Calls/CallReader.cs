using System.Text.Json;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>Reads a <see cref="CallRecipe"/>, without a tree of objects for it.</summary>
internal ref struct CallReader
{
    private readonly ReadOnlyMemory<byte> _recipe;
    private Utf8JsonReader _json;
    private string? _operation;
    private string? _code;
    private string? _signature;
    private byte[]? _state;
    private CallArgument[] _arguments = [];
    private TimeSpan? _limit;
    private RetryPolicy? _retries;
    private ResourceAmounts _resources = ResourceAmounts.None;

    public CallReader(ReadOnlyMemory<byte> recipe)
    {
        _recipe = recipe;
        _json = new Utf8JsonReader(recipe.Span);
    }

    public CallRecipe Read()
    {
        Next(JsonTokenType.StartObject);
        while (NextMember())
            ReadMember();
        var code = _code is null ? null : new ShippedFunction(_code, _state, _signature ?? "");
        if ((code is null) == (_operation is null))
            throw new JsonException("A call has either an operation or code.");
        var isUsual = _limit is null && _retries is null && _resources.IsNone;
        var policy = isUsual ? CallPolicy.Default : new CallPolicy(_limit, _retries) { Resources = _resources };
        return new CallRecipe(_operation, code, _arguments, policy);
    }

    private void ReadMember()
    {
        if (_json.ValueTextEquals("args"u8))
            _arguments = ReadArguments();
        else if (_json.ValueTextEquals("op"u8))
            _operation = NextText();
        else if (_json.ValueTextEquals("code"u8))
            _code = NextText();
        else if (_json.ValueTextEquals("signature"u8))
            _signature = NextText();
        else if (_json.ValueTextEquals("state"u8))
            _state = NextBytes();
        else if (_json.ValueTextEquals("limit"u8))
            _limit = TimeSpan.FromMilliseconds(NextNumber());
        else if (_json.ValueTextEquals("retries"u8))
            _retries = ReadRetries();
        else if (_json.ValueTextEquals("resources"u8))
            _resources = CallResources.Read(ref _json);
        else
            _json.Skip();
    }

    private CallArgument[] ReadArguments()
    {
        Next(JsonTokenType.StartArray);
        var arguments = new List<CallArgument>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            arguments.Add(ReadArgument());
        return [.. arguments];
    }

    private CallArgument ReadArgument()
    {
        if (_json.TokenType != JsonTokenType.StartObject || !NextMember())
            throw new JsonException("An argument is an object with a member.");
        CallArgument argument;
        if (_json.ValueTextEquals("v"u8))
            argument = CallArgument.Of(ReadJson());
        else if (_json.ValueTextEquals("k"u8))
            argument = CallArgument.Reference(NextText());
        else if (_json.ValueTextEquals("l"u8))
            argument = CallArgument.ListOf(ReadArguments());
        else if (_json.ValueTextEquals("f"u8))
            argument = ReadBytes();
        else
            throw new JsonException("An argument of an unknown kind.");
        Next(JsonTokenType.EndObject);
        return argument;
    }

    private Value ReadJson()
    {
        _json.Read();
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return new Value(ValueFormat.Json, _recipe[start..(int)_json.BytesConsumed]);
    }

    private CallArgument ReadBytes()
    {
        var format = NextText();
        if (!NextMember() || !_json.ValueTextEquals("b"u8))
            throw new JsonException("The bytes of an argument are missing.");
        return CallArgument.Of(new Value(format, NextBytes()));
    }

    private RetryPolicy ReadRetries()
    {
        var (max, delay, factor) = (0, 0d, 1d);
        Next(JsonTokenType.StartObject);
        while (NextMember())
        {
            if (_json.ValueTextEquals("max"u8))
                max = (int)NextNumber();
            else if (_json.ValueTextEquals("delay"u8))
                delay = NextNumber();
            else if (_json.ValueTextEquals("factor"u8))
                factor = NextNumber();
            else
                _json.Skip();
        }

        return new RetryPolicy(max, TimeSpan.FromMilliseconds(delay), factor);
    }

    private bool NextMember() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private void Next(JsonTokenType expected)
    {
        if (!_json.Read() || _json.TokenType != expected)
            throw new JsonException($"{expected} was expected.");
    }

    private string NextText()
    {
        Next(JsonTokenType.String);
        return _json.GetString()!;
    }

    private byte[] NextBytes()
    {
        Next(JsonTokenType.String);
        return _json.GetBytesFromBase64();
    }

    private double NextNumber()
    {
        Next(JsonTokenType.Number);
        return _json.GetDouble();
    }
}
