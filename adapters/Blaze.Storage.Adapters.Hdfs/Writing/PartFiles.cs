using System.Globalization;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.Writing;

/// <summary>The files of an upload's parts, and how they become one.</summary>
internal sealed class PartFiles(WebHdfsClient client, HdfsLocation directory)
{
    /// <summary>The one that grows. Once it is there the upload can be completed, but not gone on with.</summary>
    public const string Joined = "joined";

    private const string Copied = "copied";
    private const string Prefix = "part-";
    private const int MostSources = 500;
    private const int LongestQuery = 4000;
    private const int BufferSize = 256 * 1024;

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D10}");

    public static bool TryParse(string name, out int number)
    {
        number = -1;
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && NameOf(number) == name;
    }

    /// <summary>
    /// Makes one file of the parts, in the order of their numbers, and says where it is. After a failure it may be called again: a part
    /// that is gone by then is in the joined file already, since the cluster moves all blocks of a call or none.
    /// </summary>
    /// <param name="parts">The numbers and lengths of all parts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<HdfsLocation> JoinAsync(IReadOnlyList<KeyValuePair<int, long>> parts, CancellationToken cancellationToken)
    {
        var present = new HashSet<string>();
        await foreach (var entry in client.EntriesAsync(directory, cancellationToken).ConfigureAwait(false))
            present.Add(entry.PathSuffix);
        // Clusters do not join empty files.
        var names = parts.Where(part => part.Value > 0).Select(part => NameOf(part.Key)).ToList();
        var joined = directory.Below(Joined);
        if (!present.Contains(Joined) && names.Count > 0)
            await client.RenameAsync(directory.Below(names[0]), joined.Path, overwrite: false, cancellationToken).ConfigureAwait(false);
        else if (!present.Contains(Joined))
            await client.CreateAsync(joined, Upload.Of(ReadOnlyMemory<byte>.Empty), cancellationToken).ConfigureAwait(false);
        var rest = names.Skip(1).Where(present.Contains).Select(directory.Below).ToList();
        return await TryConcatAsync(joined, rest, cancellationToken).ConfigureAwait(false)
            ? joined
            : await CopyAsync([joined, .. rest], present.Contains(Copied), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves the parts' blocks; false, and nothing moved by the refused call, where the cluster does not do that with these files.</summary>
    private async Task<bool> TryConcatAsync(HdfsLocation joined, List<HdfsLocation> rest, CancellationToken cancellationToken)
    {
        // The protocol separates paths by commas and has no way to write one.
        if (directory.Path.Contains(',', StringComparison.Ordinal))
            return rest.Count == 0;
        try
        {
            while (rest.Count > 0)
            {
                var count = Math.Clamp(LongestQuery / (Uri.EscapeDataString(rest[0].Path).Length + 3), 1, MostSources);
                await client.ConcatAsync(joined, rest.Take(count).Select(part => part.Path), cancellationToken).ConfigureAwait(false);
                rest.RemoveRange(0, Math.Min(count, rest.Count));
            }

            return true;
        }
        catch (ObjectStoreException failure) when (failure.InnerException is RemoteException { MayNotKnowOperation: true })
        {
            return false;
        }
    }

    private async Task<HdfsLocation> CopyAsync(List<HdfsLocation> parts, bool startedBefore, CancellationToken cancellationToken)
    {
        var copied = directory.Below(Copied);
        if (startedBefore)
            await client.DeleteAsync(copied, recursive: false, cancellationToken).ConfigureAwait(false);
        await client.CreateAsync(copied, await ContentOfAsync(parts[0], cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        foreach (var part in parts.Skip(1))
            await client.AppendAsync(copied, await ContentOfAsync(part, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return copied;
    }

    private async Task<Upload> ContentOfAsync(HdfsLocation part, CancellationToken cancellationToken)
    {
        var length = (await client.StatusAsync(part, cancellationToken).ConfigureAwait(false)).Length;
        return new Upload(length, (target, token) => PassOnAsync(part, length, target, token));
    }

    private async Task PassOnAsync(HdfsLocation part, long length, Stream target, CancellationToken cancellationToken)
    {
        using var answer = await client.OpenAsync(part, 0, length, cancellationToken).ConfigureAwait(false);
        var node = answer.Address.Authority;
        var buffer = new byte[BufferSize];
        try
        {
            for (var done = 0L; done < length;)
            {
                var read = await answer.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - done))).ConfigureAwait(false);
                if (read == 0)
                    throw HdfsErrors.Of(ObjectStoreErrorKind.Transient, part.Uri, $"could not be joined: '{node}' sent {done} of {length} bytes of a part; try again");
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                done += read;
            }
        }
        catch (NodeException failure)
        {
            throw HdfsErrors.Unreached(failure, node, part);
        }
    }
}
