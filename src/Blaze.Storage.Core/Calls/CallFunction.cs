using System.Text;
using System.Text.Json;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Core.Calls;

/// <summary>What a call calls: an operation that workers offer under a name, or shipped code. Made once and used for many calls.</summary>
public sealed class CallFunction
{
    /// <summary>The place that workers answer to which run shipped code.</summary>
    public const string CodePlace = "code";

    private CallFunction(string name, string identity, string? operation, ShippedFunction? code)
    {
        Name = name;
        Operation = operation;
        Code = code;
        Places = operation switch
        {
            null => [CodePlace],
            _ => PlaceOf(operation) is { } place ? [place] : [],
        };
        IdentityLine = Encoding.UTF8.GetBytes(identity + "\n");
        Head = WriteHead(operation, code);
    }

    /// <summary>How the keys of its calls begin: a lower-case letter, then lower-case letters, digits and <c>-</c>.</summary>
    public string Name { get; }

    /// <summary>The operation, with <c>@2</c> for a version other than the first; null for shipped code.</summary>
    public string? Operation { get; }

    /// <summary>The shipped code; null for an operation.</summary>
    public ShippedFunction? Code { get; }

    /// <summary>The place that workers who can run it answer to; none where every worker can.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>What keys are made of: <c>op inc@2</c> or <c>code</c> and the identity of code and captured values, and a line feed.</summary>
    internal byte[] IdentityLine { get; }

    /// <summary>A recipe up to its arguments.</summary>
    internal byte[] Head { get; }

    /// <summary>The place that workers answer to which offer an operation.</summary>
    /// <param name="operation">Its name, with <c>@2</c> for a version other than the first.</param>
    public static string OperationPlace(string operation) => "op:" + operation;

    /// <summary>The place of an operation, null for one that all workers have.</summary>
    internal static string? PlaceOf(string operation) => CommonOperation.Names.Contains(operation) ? null : OperationPlace(operation);

    /// <summary>An operation.</summary>
    /// <param name="operation">Its name, <c>inc</c> or <c>inc@2</c>.</param>
    /// <exception cref="FunctionException">The text is no such name.</exception>
    public static CallFunction Named(string operation)
    {
        var name = OperationName.Parse(operation);
        return new CallFunction(name.Name, $"op {name}", name.ToString(), null);
    }

    /// <summary>Shipped code.</summary>
    /// <param name="name">How its keys begin, as <see cref="OperationName.IsName"/> allows it.</param>
    /// <param name="identity">32 hexadecimal digits that are equal for equal code and equal captured values.</param>
    /// <param name="code">The signed code.</param>
    /// <exception cref="FunctionException">The name cannot begin a key.</exception>
    public static CallFunction Shipped(string name, string identity, ShippedFunction code) =>
        new(OperationName.Of(name).Name, $"code {identity}", null, code);

    private static byte[] WriteHead(string? operation, ShippedFunction? code)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("kind", CallRecipe.Kind);
            if (operation is not null)
                json.WriteString("op", operation);
            if (code is not null)
            {
                json.WriteString("code", code.Code);
                if (code.State is not null)
                    json.WriteBase64String("state", code.State);
                json.WriteString("signature", code.Signature);
            }

            json.WriteEndObject();
        }

        // The arguments follow where the object ended.
        return [.. text.GetBuffer().AsSpan(0, (int)text.Length - 1), .. ",\"args\":"u8];
    }
}
