using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// A shipped function as a task names it: <c>{"code":"&lt;32 digits&gt;","state":"&lt;base64&gt;","signature":"&lt;32 digits&gt;"}</c>, the state left
/// out where nothing was captured. The signature is the first half of HMAC-SHA256 (as in RFC 4868, HMAC-SHA-256-128) with the cluster's
/// key over <c>blaze-function-v1</c>, a line feed, the 64 digits of SHA-256 over the code's JSON, a line feed, and the state. The code
/// names its assemblies by SHA-256, so the signature covers every byte that is loaded and every value that was captured.
/// </summary>
/// <param name="Code">The id of the <see cref="FunctionCode"/>.</param>
/// <param name="State">The captured values, or null; JSON, see the protocol.</param>
/// <param name="Signature">The signature, 32 lower-case hexadecimal digits.</param>
public sealed record ShippedFunction(string Code, byte[]? State, string Signature)
{
    private const int SignatureBytes = 16;

    /// <summary>Signs a function.</summary>
    public static ShippedFunction Sign(FunctionCode code, ReadOnlyMemory<byte> state, ClusterKey key)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Sign(Message(code.Digest.Span, state.Span), signature);
        return new ShippedFunction(code.Id, state.IsEmpty ? null : state.ToArray(), Convert.ToHexStringLower(signature[..SignatureBytes]));
    }

    /// <summary>The identity of a function: 32 lower-case hexadecimal digits that are equal for equal code with equal captured values.</summary>
    public static string IdentityOf(FunctionCode code, ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty)
            return code.Id;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Message(code.Digest.Span, state), digest);
        return Convert.ToHexStringLower(digest[..SignatureBytes]);
    }

    /// <summary>Whether the signature is one of this key for this code and state, in a time that says nothing of the right one.</summary>
    /// <param name="code">What is stored as the code; it need not be trusted yet.</param>
    /// <param name="key">The cluster's key.</param>
    public bool IsSigned(ReadOnlySpan<byte> code, ClusterKey key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(code, digest);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Sign(Message(digest, State), expected);
        Span<byte> given = stackalloc byte[SignatureBytes];
        given.Clear();
        var isHex = Signature?.Length == 2 * SignatureBytes && Convert.FromHexString(Signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(given, expected[..SignatureBytes]) & isHex;
    }

    /// <summary>The JSON form.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FunctionJson.Default.ShippedFunction);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FunctionException">The text is no shipped function.</exception>
    public static ShippedFunction Parse(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, FunctionJson.Default.ShippedFunction) is { Code: not null, Signature: not null } function)
                return function;
        }
        catch (JsonException problem)
        {
            throw Unknown(problem);
        }
        throw Unknown(null);
    }

    private static byte[] Message(ReadOnlySpan<byte> codeDigest, ReadOnlySpan<byte> state)
    {
        var head = "blaze-function-v1\n"u8;
        var message = new byte[head.Length + (2 * SHA256.HashSizeInBytes) + 1 + state.Length];
        head.CopyTo(message);
        var digits = Convert.ToHexStringLower(codeDigest);
        var at = head.Length + Encoding.ASCII.GetBytes(digits, message.AsSpan(head.Length));
        message[at] = (byte)'\n';
        state.CopyTo(message.AsSpan(at + 1));
        return message;
    }

    private static FunctionException Unknown(JsonException? problem) =>
        new(FunctionErrorKind.Unfitting, "A task names a shipped function in a form this worker does not know; it may come from a newer version: upgrade the worker.", problem);
}
