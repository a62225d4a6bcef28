using System.Runtime.CompilerServices;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>Copies all files of some sources to a target, several at a time; one that cannot be copied is told, and the others are copied all the same.</summary>
internal sealed class Copier(CommandServices services, CopyOptions options, CopyTotals totals)
{
    private readonly Lock _telling = new();

    /// <summary>Copies them.</summary>
    /// <exception cref="UsageException">The target cannot take these sources; nothing was copied.</exception>
    /// <exception cref="ObjectStoreException">The only file cannot be copied, or a store is of no use at all.</exception>
    public async Task RunAsync(IReadOnlyList<SourcePattern> sources, CopyTarget target, CancellationToken cancellationToken)
    {
        if (sources.Count > 1 && !target.IsDirectory)
            throw new UsageException($"Several sources need a directory as target, and '{target.Location.Display}' is none; end it with a slash to have one made.");
        using var buffers = new PartBuffers(options.Parallel);
        var copy = new FileCopy(services.Stores.Value, options, buffers, totals);
        if (sources.Count == 1 && await OnlyFileAsync(sources[0], cancellationToken) is { } file)
        {
            totals.Length = file.Length;
            await copy.RunAsync(file, target.PlaceOf(sources[0], file), cancellationToken);
            return;
        }

        var taken = sources.Count > 1 ? new HashSet<ResourceUri>() : null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(FilesAsync(sources, cancellationToken), parallel, (found, token) => CopyAsync(copy, found, target, taken, token));
    }

    private async Task<ResourceInfo?> OnlyFileAsync(SourcePattern source, CancellationToken cancellationToken)
    {
        await foreach (var file in services.Expand(source, cancellationToken))
            return file.Uri == source.Location ? file : null;
        return null;
    }

    // A source that cannot be listed comes as a failure, so that those after it still follow.
    private async IAsyncEnumerable<Found> FilesAsync(IReadOnlyList<SourcePattern> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await using var listing = services.Expand(source, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(source, listing) is { } found)
            {
                yield return found;
                if (found.Failure is not null)
                    break;
            }
        }
    }

    private static async Task<Found?> NextAsync(SourcePattern source, IAsyncEnumerator<ResourceInfo> listing)
    {
        try
        {
            return await listing.MoveNextAsync() ? new Found(source, listing.Current, null) : null;
        }
        catch (ObjectStoreException failure)
        {
            return new Found(source, null, failure);
        }
    }

    private async ValueTask CopyAsync(FileCopy copy, Found found, CopyTarget target, HashSet<ResourceUri>? taken, CancellationToken cancellationToken)
    {
        try
        {
            if (found.Failure is { } failure)
                throw failure;
            if (IsDirectoryMark(found.File!, target))
                return;
            var place = target.PlaceOf(found.Source, found.File!);
            if (!IsFirst(place, taken))
                throw new ObjectStoreException(ObjectStoreErrorKind.AlreadyExists, $"'{place.Display}' would be written twice, by two sources; copy them to different directories.", place.Scheme, place);
            await copy.RunAsync(found.File!, place, cancellationToken);
        }
        catch (ObjectStoreException failure) when (IsOfOneFile(failure))
        {
            totals.AddFailed();
            Tell(failure);
        }
    }

    // Some tools make an empty object for a directory.
    private static bool IsDirectoryMark(ResourceInfo file, CopyTarget target) =>
        file.Length == 0 && file.Uri.EncodedPath.EndsWith('/') && file.Uri.Scheme != target.Location.Scheme;

    private static bool IsFirst(ResourceUri place, HashSet<ResourceUri>? taken)
    {
        if (taken is null)
            return true;
        lock (taken)
            return taken.Add(place);
    }

    // What else fails would most likely fail for every file.
    private static bool IsOfOneFile(ObjectStoreException failure) => failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.AlreadyExists
        or ObjectStoreErrorKind.PreconditionFailed or ObjectStoreErrorKind.PermissionDenied or ObjectStoreErrorKind.InvalidPath or ObjectStoreErrorKind.Unsupported;

    private void Tell(ObjectStoreException failure)
    {
        lock (_telling)
            services.Terminal.Error.WriteLine(options.Verbose ? failure.ToString() : Sentence.Of(failure.Message));
    }

    private sealed record Found(SourcePattern Source, ResourceInfo? File, ObjectStoreException? Failure);
}
