namespace Blaze.Storage.Api.Access;

/// <summary>Scopes as they are written.</summary>
internal static class ScopeNames
{
    private static readonly (string Name, Scopes Scope)[] All =
        [(ScopeExtensions.Submit, Scopes.Submit), (ScopeExtensions.Read, Scopes.Read), (ScopeExtensions.Admin, Scopes.Admin)];

    /// <summary>Reads names.</summary>
    /// <exception cref="ApiException">There is none, or an unknown one.</exception>
    public static Scopes Parse(IEnumerable<string> names)
    {
        var scopes = names.Aggregate(Scopes.None, (scopes, name) => scopes | Parse(name));
        return scopes != Scopes.None ? scopes : throw new ApiException("A key without scope is good for nothing; give it submit, read or admin.");
    }

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> ToNames(this Scopes scopes) => [.. All.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];

    private static Scopes Parse(string name) => All.FirstOrDefault(known => known.Name == name) is { Scope: not Scopes.None } found ? found.Scope
        : throw new ApiException($"'{name}' is no scope of a key; there are submit, read and admin.");
}
