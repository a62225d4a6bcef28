namespace Blaze.Storage.Core.Functions;

/// <summary>A method, as another process finds it again.</summary>
/// <param name="Type">The type that declares it, as <see cref="TypeName"/> writes it, generic arguments included.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Token">Its metadata token, where its assembly travels: the bytes are the same, so the token is.</param>
/// <param name="Signature">
/// Its generic definition as <c>MethodBase.ToString</c> writes it, where its assembly does not travel and may be of another version there.
/// </param>
/// <param name="Generics">The generic arguments of the method itself.</param>
public sealed record MethodReference(string Type, string Name, int? Token, string? Signature, IReadOnlyList<string>? Generics);
