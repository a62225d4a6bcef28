using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Access;

/// <summary>Finds out who makes a request: by its key, or, where the server has none, whoever is on this machine.</summary>
internal sealed class KeyAuthentication(AccessGate gate) : IAuthenticationHandler
{
    /// <summary>The scheme's name, here and in the header.</summary>
    public const string Scheme = "Bearer";

    private HttpContext _context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        if (gate.Keys is not { } keys)
            return Admit(gate.Local);
        // More than one header, or another scheme, is no key.
        if (_context.Request.Headers.Authorization is not [{ Length: > 0 } header] || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        return keys.Find(header[(Scheme.Length + 1)..].Trim()) is { } key ? Admit(Caller.With(key, gate.Folders)) : Task.FromResult(AuthenticateResult.Fail("unknown key"));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        gate.Refusals.Note(_context, StatusCodes.Status401Unauthorized);
        _context.Response.Headers.WWWAuthenticate = Scheme;
        var detail = _context.Request.Headers.Authorization.Count == 0 ? "The request has no key." : "The key is not known here.";
        return ProblemWriter.WriteAsync(_context, Problem.Of(AccessProblems.NoKey, detail, "Authorization"));
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        gate.Refusals.Note(_context, StatusCodes.Status403Forbidden);
        var scope = _context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope ?? ScopeExtensions.Admin;
        return ProblemWriter.WriteAsync(_context, Problem.Of(AccessProblems.ScopeMissing, $"This asks for a key with the scope {scope}.", "Authorization"));
    }

    private static Task<AuthenticateResult> Admit(Caller caller) =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme)));
}
