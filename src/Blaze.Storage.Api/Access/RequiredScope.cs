namespace Blaze.Storage.Api.Access;

/// <summary>What a caller of an endpoint must be allowed to do; among the endpoint's metadata.</summary>
/// <param name="Scope">One of the scopes of <see cref="ScopeExtensions"/>.</param>
internal sealed record RequiredScope(string Scope);
