namespace Blaze.Storage.Core.Jobs;

/// <summary>
/// Where the sources of a job may lie, for a job of somebody who is not trusted with all that a worker can reach. The worker that plans the job
/// keeps to it: a source that lies elsewhere fails the job before anything of it is read. With limits, stores other than local files are read
/// only at the endpoints that the worker's own settings name, never at one that a source names.
/// </summary>
/// <param name="Folders">Canonical <c>file://</c> URIs of the folders in which local files may lie once all links are resolved; none for no local files.</param>
/// <param name="Prefixes">Canonical URIs (<see cref="ObjectStores.Sources.UriPrefix"/>) below which resources of other stores must lie; null for anywhere.</param>
public sealed record SourceLimits(IReadOnlyList<string> Folders, IReadOnlyList<string>? Prefixes = null);
