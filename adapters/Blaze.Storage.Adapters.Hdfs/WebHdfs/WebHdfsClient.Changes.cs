using System.Net.Http;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <content>What changes a cluster.</content>
internal sealed partial class WebHdfsClient
{
    /// <summary>Creates a file, and the directories above it.</summary>
    /// <exception cref="ObjectStoreException">AlreadyExists where there is one.</exception>
    public Task CreateAsync(HdfsLocation at, Upload content, CancellationToken cancellationToken) =>
        WriteAsync(at, HttpMethod.Put, "CREATE", "&overwrite=false", content, cancellationToken);

    /// <summary>Writes behind the end of a file.</summary>
    public Task AppendAsync(HdfsLocation at, Upload content, CancellationToken cancellationToken) =>
        WriteAsync(at, HttpMethod.Post, "APPEND", "", content, cancellationToken);

    /// <summary>Renames a file, atomically.</summary>
    /// <param name="at">The file.</param>
    /// <param name="destination">Its new path.</param>
    /// <param name="overwrite">Whether a file there is replaced.</param>
    /// <param name="cancellationToken">Ends the wait, not always the renaming.</param>
    /// <returns>
    /// Renamed; or what a server says that knows no options (HttpFS): RenamedPlainly, perhaps into a directory of that name, or
    /// RefusedPlainly, mostly because something is there, whatever <paramref name="overwrite"/> says.
    /// </returns>
    /// <exception cref="ObjectStoreException">AlreadyExists where something is there that may not be replaced.</exception>
    public async Task<RenameOutcome> RenameAsync(HdfsLocation at, string destination, bool overwrite, CancellationToken cancellationToken)
    {
        var query = $"&destination={Uri.EscapeDataString(destination)}&renameoptions={(overwrite ? "OVERWRITE" : "NONE")}";
        using var answer = await AskAsync(at, HttpMethod.Put, "RENAME", query, cancellationToken).ConfigureAwait(false);
        try
        {
            return (await answer.ReadJsonAsync(AnswerContext.Default.BooleanAnswer).ConfigureAwait(false))?.Boolean switch
            {
                null => RenameOutcome.Renamed,
                true => RenameOutcome.RenamedPlainly,
                false => RenameOutcome.RefusedPlainly,
            };
        }
        catch (NodeException failure)
        {
            throw HdfsErrors.Unreached(failure, answer.Address.Authority, at);
        }
    }

    /// <summary>Removes a file, or a directory.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(HdfsLocation at, bool recursive, CancellationToken cancellationToken) =>
        BooleanAsync(at, HttpMethod.Delete, "DELETE", recursive ? "&recursive=true" : "&recursive=false", cancellationToken);

    /// <summary>Creates a directory, and those above it.</summary>
    public Task MakeDirectoryAsync(HdfsLocation at, CancellationToken cancellationToken) => BooleanAsync(at, HttpMethod.Put, "MKDIRS", "", cancellationToken);

    /// <summary>Moves the blocks of other files of its directory behind the end of a file, all or nothing. None may be empty.</summary>
    /// <param name="at">The file.</param>
    /// <param name="sources">The paths of the others, in order; no comma in them.</param>
    /// <param name="cancellationToken">Ends the wait, not always the joining.</param>
    public async Task ConcatAsync(HdfsLocation at, IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(at, HttpMethod.Post, "CONCAT", "&sources=" + Uri.EscapeDataString(string.Join(',', sources)), cancellationToken)
            .ConfigureAwait(false);
    }

    // The first step names the node to write to; only the second carries the bytes.
    private async Task WriteAsync(HdfsLocation at, HttpMethod method, string operation, string query, Upload content, CancellationToken cancellationToken)
    {
        var first = await AskAsync(at, method, operation, query, cancellationToken).ConfigureAwait(false);
        using var answer = await FollowAsync(at, first, method, content, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> BooleanAsync(HdfsLocation at, HttpMethod method, string operation, string query, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(at, method, operation, query, cancellationToken).ConfigureAwait(false);
        return (await JsonAsync(at, answer, AnswerContext.Default.BooleanAnswer).ConfigureAwait(false)).Boolean;
    }
}
