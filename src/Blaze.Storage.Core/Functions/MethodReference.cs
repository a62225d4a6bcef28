using System.Text.Json.Serialization;

namespace Blaze.Storage.Core.Functions;

/// <summary>A method, as another process finds it again.</summary>
/// <param name="Type">The type that declares it, as <see cref="TypeName"/> writes it, generic arguments included.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Token">Its metadata token, where its assembly travels: the bytes are the same, so the token is.</param>
/// <param name="Signature">
/// Its generic definition as <c>MethodBase.ToString</c> writes it, where its assembly does not travel and may be of another version there.
/// </param>
/// <param name="Generics">The generic arguments of the method itself.</param>
public sealed record MethodReference(string Type, string Name, int? Token, string? Signature, IReadOnlyList<string>? Generics)
{
    /// <summary>The name for people: of a lambda that of the method it is written in, of a local function its own.</summary>
    [JsonIgnore]
    public string DisplayName
    {
        get
        {
            if (!Name.StartsWith('<'))
                return Name;
            var local = Name.IndexOf("g__", StringComparison.Ordinal);
            var end = local < 0 ? -1 : Name.IndexOf('|', local);
            return end > 0 ? Name[(local + 3)..end] : $"lambda in {Name.TrimStart('<').Split('>')[0]}";
        }
    }
}
