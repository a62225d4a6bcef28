using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests.Randomly;

/// <summary>A call with random arguments, to be made on a store and on what a store should be: names with contents.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">The resource.</param>
/// <param name="Other">The target of a copy.</param>
/// <param name="Number">Makes its content unlike all others'.</param>
public sealed record RandomCall(CallKind Kind, string Name, string Other, int Number)
{
    private const int PartLength = 3;
    private static readonly ResourceUri Root = ResourceUri.Parse("memory://bucket/root");

    private byte[] Content => [.. BitConverter.GetBytes(Number), .. new byte[Number % 5]];

    private bool IsCreate => Kind is CallKind.Create or CallKind.UploadCreate;

    private bool IsUpdate => Kind is CallKind.Update or CallKind.UploadUpdate;

    public static ResourceUri Uri(string name) => Root.Append(name);

    /// <summary>What it answers, and what is there afterwards.</summary>
    public (string Answer, IReadOnlyDictionary<string, byte[]> After) On(IReadOnlyDictionary<string, byte[]> before)
    {
        var exists = before.TryGetValue(Name, out var content);
        return Kind switch
        {
            CallKind.Stat => (exists ? $"{content!.Length} bytes" : "NotFound", before),
            CallKind.Get => (exists ? Convert.ToHexString(content!) : "NotFound", before),
            CallKind.List => (string.Join(' ', before.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{pair.Value.Length}")), before),
            CallKind.Delete => (exists.ToString(), Without(before, Name)),
            CallKind.Copy when !exists => ("NotFound", before),
            CallKind.Copy => before.ContainsKey(Other) ? ("AlreadyExists", before) : ("copied", With(before, Other, content!)),
            _ when IsCreate && exists => ("AlreadyExists", before),
            _ when IsUpdate && !exists => ("PreconditionFailed", before),
            _ => ($"{Content.Length} bytes written", With(before, Name, Content)),
        };
    }

    /// <summary>What it answers on a store.</summary>
    /// <param name="version">The version there is, or null for none.</param>
    public async Task<string> OnAsync(IObjectStore store, string? version, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(store, version, cancellationToken);
        }
        catch (ObjectStoreException failure)
        {
            return failure.Kind.ToString();
        }
    }

    private async Task<string> AnswerAsync(IObjectStore store, string? version, CancellationToken cancellationToken)
    {
        var uri = Uri(Name);
        var mode = IsCreate ? PutMode.Create : IsUpdate ? PutMode.Update(version ?? "none") : PutMode.Overwrite;
        switch (Kind)
        {
            case CallKind.Stat:
                return $"{(await store.StatAsync(uri, cancellationToken)).Length} bytes";
            case CallKind.Get:
                return Convert.ToHexString(await store.GetAsync(uri, null, cancellationToken));
            case CallKind.List:
                return string.Join(' ', await store.ListAsync(Root, cancellationToken).Select(info => $"{info.Uri.Name}:{info.Length}").ToListAsync(cancellationToken));
            case CallKind.Delete:
                return (await store.DeleteAsync(uri, cancellationToken)).ToString();
            case CallKind.Copy:
                await store.CopyIfAbsentAsync(uri, Uri(Other), cancellationToken);
                return "copied";
            case CallKind.Upload or CallKind.UploadCreate or CallKind.UploadUpdate:
                return $"{(await UploadAsync(store, uri, mode, cancellationToken)).Length} bytes written";
            default:
                return $"{(await store.PutAsync(uri, Content, mode, cancellationToken)).Length} bytes written";
        }
    }

    private async Task<ResourceInfo> UploadAsync(IObjectStore store, ResourceUri uri, PutMode mode, CancellationToken cancellationToken)
    {
        await using var upload = await store.OpenMultipartAsync(uri, mode, cancellationToken);
        await upload.PutPartAsync(1, Content.AsMemory(PartLength), cancellationToken);
        await upload.PutPartAsync(0, Content.AsMemory(0, PartLength), cancellationToken);
        return await upload.CompleteAsync(cancellationToken);
    }

    private static Dictionary<string, byte[]> With(IReadOnlyDictionary<string, byte[]> before, string name, byte[] content) => new(before) { [name] = content };

    private static Dictionary<string, byte[]> Without(IReadOnlyDictionary<string, byte[]> before, string name) =>
        before.Where(pair => pair.Key != name).ToDictionary();
}
