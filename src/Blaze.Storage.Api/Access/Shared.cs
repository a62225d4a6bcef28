using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Access;

/// <summary>Keeps callers whose sources are limited from what all callers share: a value may tell of any source.</summary>
internal static class Shared
{
    /// <exception cref="ProblemException">The caller may read some sources only.</exception>
    public static void Check(HttpContext context)
    {
        if (Caller.Of(context).IsLimited)
            throw new ProblemException(AccessProblems.LimitedKey, "This key is for jobs over some sources only; operations and values may tell of any.");
    }
}
