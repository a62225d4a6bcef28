using Blaze.Storage.Api.Access;

namespace Blaze.Storage.Api;

/// <summary>How the REST endpoint listens, and what it lets one caller have.</summary>
public sealed record ApiOptions
{
    /// <summary>The port where none is said.</summary>
    public const int DefaultPort = 8642;

    /// <summary>Where it listens, as <c>http://127.0.0.1:8642</c>; port 0 takes any that is free.</summary>
    public Uri Listen { get; init; } = new($"http://127.0.0.1:{DefaultPort}");

    /// <summary>Who may use it, and for what. Default: whoever is on this machine, without local files.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>The bytes a request's body may have; default 1 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>The bytes a value may have that is put under a key; default 64 MiB.</summary>
    public long MaxValueBytes { get; init; } = 64 << 20;

    /// <summary>How many sources a job may name; default 10,000.</summary>
    public int MaxSources { get; init; } = 10_000;

    /// <summary>How many jobs a request may become that asks about each source; default 1,000.</summary>
    public int MaxJobsOfRequest { get; init; } = 1_000;

    /// <summary>How long such a request waits for a worker to look up its patterns; default 30 seconds.</summary>
    public TimeSpan LookupPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many jobs of one caller may run at a time; default 1,000.</summary>
    public int MaxRunningJobs { get; init; } = 1_000;

    /// <summary>How many event streams one caller may have open at one replica; default 1,000.</summary>
    public int MaxEventStreams { get; init; } = 1_000;

    /// <summary>How often a silent event stream says that it is alive; default 15 seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
