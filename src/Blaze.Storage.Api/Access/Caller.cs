using System.Security.Claims;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Access;

/// <summary>Who makes a request, and what is theirs.</summary>
internal sealed class Caller : ClaimsPrincipal
{
    private readonly IReadOnlyList<UriPrefix>? _sources;
    private readonly IReadOnlyList<UriPrefix> _folders;
    private readonly Scopes _scopes;
    private readonly bool _hasKey;

    private Caller(string name, Scopes scopes, bool hasKey, IReadOnlyList<UriPrefix>? sources, IReadOnlyList<UriPrefix> folders)
        : base(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], KeyAuthentication.Scheme))
    {
        Name = name;
        _scopes = scopes;
        _hasKey = hasKey;
        _sources = sources;
        _folders = folders;
    }

    /// <summary>The name of the key; <c>local</c> where there are no keys.</summary>
    public string Name { get; }

    /// <summary>Whose the jobs are that they submit; null for nobody's in particular.</summary>
    public string? Owner => _hasKey ? Name : null;

    /// <summary>Whose jobs alone they may see; null for everybody's.</summary>
    public string? SeesOnly => _scopes.HasFlag(Scopes.Admin) ? null : Name;

    /// <summary>
    /// Whether their jobs may read some sources only. What operations and cached values stand for is not known here, so they may use neither: a value tells of its source.
    /// </summary>
    public bool IsLimited => _sources is not null;

    /// <summary>Who makes a request that has been let in.</summary>
    public static Caller Of(HttpContext context) => context.User as Caller ?? throw new InvalidOperationException("The endpoint asks for no scope.");

    /// <summary>Whoever uses a server without keys: somebody on this machine.</summary>
    /// <param name="folders">The folders that jobs may read.</param>
    public static Caller Local(IReadOnlyList<UriPrefix> folders) => new("local", Scopes.Submit | Scopes.Read | Scopes.Admin, false, null, folders);

    /// <summary>Whoever has a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="folders">The folders that jobs may read; those of the key's sources that lie in them remain.</param>
    public static Caller With(ApiKey key, IReadOnlyList<UriPrefix> folders) => new(
        key.Name,
        key.Scopes,
        true,
        key.Sources,
        key.Sources is null ? folders : [.. folders.SelectMany(folder => key.Sources.Select(folder.Intersect)).OfType<UriPrefix>()]);

    /// <summary>Whether they may do what a scope stands for.</summary>
    public bool Has(Scopes scope) => (_scopes & (scope | Scopes.Admin)) != Scopes.None;

    /// <summary>Whether they may see a job, its events and its results: those that keys of the same name submitted; with the admin scope everybody's.</summary>
    public bool MaySee(JobInfo job) => SeesOnly is not { } name || job.Spec.Owner == name;

    /// <summary>A question as this caller may ask it. The workers keep to the limits, since they alone see where links lead.</summary>
    /// <exception cref="ProblemException">A source lies where it must not, as far as its name tells.</exception>
    public JobSpec Limit(JobSpec spec)
    {
        for (var at = 0; at < spec.Sources.Count; at++)
        {
            var source = SourcePattern.Parse(spec.Sources[at], "/");
            if (source.Location.Scheme == ResourceUri.FileScheme)
                Check(source, _folders, at);
            else if (_sources is not null)
                Check(source, _sources, at);
        }

        return spec with { Owner = Owner, Limits = new SourceLimits([.. _folders.Select(folder => folder.ToString())], PrefixesOfOthers()) };
    }

    private static void Check(SourcePattern source, IReadOnlyList<UriPrefix> allowed, int at)
    {
        if (!allowed.Any(prefix => prefix.Contains(source)))
            throw new ProblemException(AccessProblems.SourceNotAllowed, $"'{source.Location.Display}' lies outside what {(source.Location.Scheme == ResourceUri.FileScheme ? "this server opens of local files" : "this key may read")}.", $"sources[{at}]");
    }

    private List<string>? PrefixesOfOthers() =>
        _sources?.Where(prefix => prefix.Location.Scheme != ResourceUri.FileScheme).Select(prefix => prefix.ToString()).ToList();
}
