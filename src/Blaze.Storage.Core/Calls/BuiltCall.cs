using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// A call as the center takes it. The key of a pure call is the function's name, <c>-</c>, and the first 32 hexadecimal digits of
/// SHA-256 over the function's identity, a line feed, and the arguments as they stand in the recipe; so equal calls have equal keys.
/// Any other call has 32 random digits.
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Recipe">The recipe, UTF-8; see <see cref="CallRecipe"/>.</param>
/// <param name="Needs">The keys of its arguments, each once.</param>
public sealed record BuiltCall(string Key, byte[] Recipe, IReadOnlyList<string> Needs)
{
    private const int KeyBytes = 16;
    private const int LongestKept = 64 * 1024;
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    [ThreadStatic]
    private static Draft? _draft;

    /// <summary>Writes a call.</summary>
    /// <param name="function">What is called.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="policy">How it is run.</param>
    /// <param name="isPure">Whether equal calls have equal values, so that one of them is enough.</param>
    public static BuiltCall Of(CallFunction function, ReadOnlySpan<CallArgument> arguments, CallPolicy policy, bool isPure = true)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(policy);
        var draft = _draft ?? new Draft();
        _draft = null;
        draft.Buffer.ResetWrittenCount();
        draft.Buffer.Write(function.IdentityLine);
        draft.Json.Reset();
        List<string>? needs = null;
        WriteArguments(draft.Json, arguments, ref needs);
        draft.Json.Flush();
        var hashed = draft.Buffer.WrittenSpan;
        var key = KeyOf(function.Name, hashed, isPure ? null : draft);
        var recipe = RecipeOf(function, hashed[function.IdentityLine.Length..], policy);
        if (draft.Buffer.Capacity <= LongestKept)
            _draft = draft;
        return new BuiltCall(key, recipe, needs ?? []);
    }

    private static void WriteArguments(Utf8JsonWriter json, ReadOnlySpan<CallArgument> arguments, ref List<string>? needs)
    {
        json.WriteStartArray();
        foreach (ref readonly var argument in arguments)
            WriteArgument(json, argument, ref needs);
        json.WriteEndArray();
    }

    private static void WriteArgument(Utf8JsonWriter json, in CallArgument argument, ref List<string>? needs)
    {
        json.WriteStartObject();
        if (argument.Key is { } key)
        {
            json.WriteString("k"u8, key);
            needs ??= [];
            if (!needs.Contains(key, StringComparer.Ordinal))
                needs.Add(key);
        }
        else if (argument.List is { } list)
        {
            json.WritePropertyName("l"u8);
            json.WriteStartArray();
            foreach (var element in list)
                WriteArgument(json, element, ref needs);
            json.WriteEndArray();
        }
        else
        {
            WriteLiteral(json, argument.Literal);
        }

        json.WriteEndObject();
    }

    private static void WriteLiteral(Utf8JsonWriter json, in Value value)
    {
        if (value.Format == ValueFormat.Json)
        {
            json.WritePropertyName("v"u8);
            json.WriteRawValue(value.Contiguous().Span, skipInputValidation: true);
            return;
        }

        json.WriteString("f"u8, value.Format);
        json.WriteBase64String("b"u8, value.Contiguous().Span);
    }

    private static string KeyOf(string name, ReadOnlySpan<byte> hashed, Draft? random)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (random is null)
            SHA256.HashData(hashed, digest);
        else
            random.Fill(digest[..KeyBytes]);
        Span<char> digits = stackalloc char[2 * KeyBytes];
        Convert.TryToHexStringLower(digest[..KeyBytes], digits, out _);
        return string.Concat(name, "-", digits);
    }

    private static byte[] RecipeOf(CallFunction function, ReadOnlySpan<byte> arguments, CallPolicy policy)
    {
        var trace = TraceContext.Current;
        var tail = ReferenceEquals(policy, CallPolicy.Default) && trace is null ? "}"u8 : Tail(policy, trace);
        var head = policy.Resources.IsNone ? function.Head : CallResources.Insert(function.Head, policy.Resources);
        var recipe = new byte[head.Length + arguments.Length + tail.Length];
        head.CopyTo(recipe, 0);
        arguments.CopyTo(recipe.AsSpan(head.Length));
        tail.CopyTo(recipe.AsSpan(head.Length + arguments.Length));
        return recipe;
    }

    private static byte[] Tail(CallPolicy policy, string? trace)
    {
        var text = "";
        if (policy.TimeLimit is { } limit)
            text += string.Create(CultureInfo.InvariantCulture, $",\"limit\":{(long)limit.TotalMilliseconds}");
        if (policy.Retries is { } retries)
            text += string.Create(CultureInfo.InvariantCulture, $",\"retries\":{{\"max\":{retries.Max},\"delay\":{(long)retries.Delay.TotalMilliseconds},\"factor\":{retries.Factor}}}");
        if (trace is not null)
            text += $",\"{TraceContext.Field}\":\"{trace}\"";
        return Encoding.UTF8.GetBytes(text + "}");
    }

    private sealed class Draft
    {
        private readonly byte[] _random = new byte[64 * KeyBytes];
        private int _left;

        public Draft() => Json = new Utf8JsonWriter(Buffer, Unchecked);

        public ArrayBufferWriter<byte> Buffer { get; } = new(512);

        public Utf8JsonWriter Json { get; }

        // Random bytes cost as much for one key as for many: a sixth of a client's work where each call asked for its own.
        public void Fill(Span<byte> key)
        {
            if (_left == 0)
            {
                RandomNumberGenerator.Fill(_random);
                _left = _random.Length;
            }

            _left -= KeyBytes;
            _random.AsSpan(_left, KeyBytes).CopyTo(key);
        }
    }
}
