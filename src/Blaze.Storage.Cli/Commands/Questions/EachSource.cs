using System.Runtime.CompilerServices;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>
/// The files behind several sources, each to be asked about by itself. Directories and globs are looked up on this machine; a plain
/// source that only the workers can see is passed on as it is.
/// </summary>
internal sealed class EachSource(ExpandSource expand, IReadOnlyList<string> sources)
{
    /// <summary>
    /// The URIs, lazily and in order. A source that cannot be looked up comes as one whose <see cref="EachUri.Uri"/> throws, so
    /// that those after it still follow.
    /// </summary>
    public async IAsyncEnumerable<EachUri> Uris([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var text in sources)
        {
            var source = SourcePattern.Parse(text, "/");
            await using var found = expand(source, cancellationToken).GetAsyncEnumerator(cancellationToken);
            for (var any = false; ; any = true)
            {
                var (next, failure) = await NextAsync(found);
                if (failure is not null)
                    yield return !any && IsForWorkers(source, failure) ? new EachUri(text, null) : new EachUri(text, failure);
                if (next is null)
                    break;
                yield return new EachUri(next.Uri.ToString(), null);
            }
        }
    }

    private static async Task<(ResourceInfo? Next, ObjectStoreException? Failure)> NextAsync(IAsyncEnumerator<ResourceInfo> found)
    {
        try
        {
            return (await found.MoveNextAsync() ? found.Current : null, null);
        }
        catch (ObjectStoreException failure)
        {
            return (null, failure);
        }
    }

    private static bool IsForWorkers(SourcePattern source, ObjectStoreException failure) =>
        !source.IsPattern && failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.Unsupported or ObjectStoreErrorKind.PermissionDenied;
}

/// <summary>One file to ask about, or why there is none.</summary>
internal sealed record EachUri
{
    private readonly string _text;
    private readonly ObjectStoreException? _failure;

    public EachUri(string text, ObjectStoreException? failure)
    {
        _text = text;
        _failure = failure;
    }

    /// <summary>The canonical URI.</summary>
    /// <exception cref="SourceMissingException">The source could not be looked up.</exception>
    public string Uri => _failure is null ? _text : throw new SourceMissingException(_failure);
}

/// <summary>One of several sources could not be looked up.</summary>
internal sealed class SourceMissingException(ObjectStoreException failure) : BlazeException(failure.Message, failure);
