using Microsoft.AspNetCore.Builder;

namespace Blaze.Storage.Api.Access;

/// <summary>Says what a caller must be allowed to do.</summary>
internal static class ScopeExtensions
{
    /// <summary>To submit and cancel jobs, and to put and delete values.</summary>
    public const string Submit = "submit";

    /// <summary>To look at jobs, results, values and workers.</summary>
    public const string Read = "read";

    /// <summary>To do anything with what belongs to anybody.</summary>
    public const string Admin = "admin";

    /// <summary>Lets an endpoint be used with a scope only.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(scope).WithMetadata(new RequiredScope(scope));
}
