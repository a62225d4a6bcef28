using System.Security.Cryptography;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Workers;

// What workers and clients have to know to get values from each other.
public sealed partial class WorkerTable
{
    private const string SecretField = "peers";
    private const int SecretBytes = 32;

    /// <summary>What workers told about themselves, in the order of the names; null for one that is not known.</summary>
    public async Task<IReadOnlyList<string?>> DescribeAsync(IReadOnlyList<string> workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (workers.Count == 0)
            return [];
        RedisValue[] fields = [.. workers.Select(worker => (RedisValue)worker)];
        var infos = await _server.RunAsync(database => database.HashGetAsync(_keys.Workers, fields), cancellationToken);
        return [.. infos.Select(info => (string?)info)];
    }

    /// <summary>Asks a worker to listen for requests for its values. A hint: it may be missed, so ask again until its description has an address.</summary>
    public Task AskToListenAsync(string worker, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        return _server.RunAsync(database => database.PublishAsync(_keys.DroppedChannel(worker), RedisValue.EmptyString), cancellationToken);
    }

    /// <summary>
    /// The secret of a cluster without a key of its own, by which workers and clients know each other: 64 hexadecimal digits that are in the
    /// center since somebody asked first.
    /// </summary>
    public async Task<string> PeerSecretAsync(CancellationToken cancellationToken)
    {
        if (await ReadSecretAsync(cancellationToken) is { } known)
            return known;
        var secret = RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true);
        // Of several who ask at once the first one's stays.
        await _server.RunAsync(database => database.HashSetAsync(_keys.Meta, SecretField, secret, When.NotExists), cancellationToken);
        return await ReadSecretAsync(cancellationToken) ?? secret;
    }

    private async Task<string?> ReadSecretAsync(CancellationToken cancellationToken) =>
        await _server.RunAsync(database => database.HashGetAsync(_keys.Meta, SecretField), cancellationToken);
}
