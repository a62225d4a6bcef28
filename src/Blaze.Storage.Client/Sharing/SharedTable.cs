using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client.Sharing;

/// <summary>
/// Values under names that all clients of a cluster share. They are kept until they are deleted, or for a day without any client that uses this table. A value lies under a key made
/// of its bytes, and the name says which; so what was computed from a value stays true when the name gets another one.
/// </summary>
public sealed partial class SharedTable
{
    private const string Session = "shared";
    private const string NamePrefix = "name:";
    private const string OwnerPrefix = "owner:";
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    private readonly CenterConnection _center;
    private readonly RemoteValues _values;
    private readonly BlazeClientOptions _options;

    internal SharedTable(CenterConnection center, RemoteValues values, BlazeClientOptions options) => (_center, _values, _options) = (center, values, options);

    /// <summary>Whether a text can be a name: 1 to 128 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public static bool IsName(string text) => text is { Length: >= 1 and <= 128 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Puts a value under a name, instead of the one it had; it is nobody's in particular.</summary>
    /// <returns>Whether the name is new.</returns>
    /// <exception cref="BlazeException">It is no name, or no worker has memory for a value above 64 KiB.</exception>
    public Task<bool> PutAsync(string name, Value value, CancellationToken cancellationToken = default) => PutAsync(name, value, null, cancellationToken);

    /// <inheritdoc cref="PutAsync(string, Value, CancellationToken)"/>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">Whose it is, for <see cref="OwnerAsync"/>; nobody is kept from it here. Null for nobody's in particular.</param>
    /// <param name="cancellationToken">Ends the wait for the center.</param>
    public async Task<bool> PutAsync(string name, Value value, string? owner, CancellationToken cancellationToken = default)
    {
        if (!IsName(name))
            throw new BlazeException($"'{name}' is no name for a value: use 1 to 128 letters, digits, '-', '_' and '.'.");
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var stored = value.Length <= TaskValue.MaxInline ? Inline(name, value) : await OnWorkersAsync(value, cancellationToken).ConfigureAwait(false);
        var isKnown = await DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        List<KeyValuePair<string, TaskValue>> values = [stored, new(NamePrefix + name, Text(stored.Key))];
        if (owner is not null)
            values.Add(new(OwnerPrefix + name, Text(owner)));
        await _center.Sessions.PutAsync(Session, values, cancellationToken).ConfigureAwait(false);
        return !isKnown;
    }

    /// <summary>Whose the value under a name is; null where there is none, and for nobody's in particular.</summary>
    public async Task<string?> OwnerAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!IsName(name))
            return null;
        var found = await _center.Sessions.GetAsync([NamePrefix + name, OwnerPrefix + name], cancellationToken).ConfigureAwait(false);
        return TextOf(found[0]) is null ? null : TextOf(found[1]);
    }

    /// <summary>Takes a value away from a name; false where there was none. What was computed from it stays.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!IsName(name) || await KeyOfAsync(name, cancellationToken).ConfigureAwait(false) is not { } key)
            return false;
        return await _center.Sessions.ReleaseAsync(Session, [NamePrefix + name, OwnerPrefix + name, key], cancellationToken).ConfigureAwait(false) == ScriptStatus.Done;
    }

    /// <summary>A value: under a name; of a call of any client that is done; or of a block in the center's cache, as the file it is.</summary>
    /// <returns>The value; null where there is none.</returns>
    /// <exception cref="BlazeException">It lies with workers that cannot be reached.</exception>
    public async Task<Value?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Any(char.IsWhiteSpace) || Encoding.UTF8.GetByteCount(key) > 512)
            return null;
        if (IsName(key) && await KeyOfAsync(key, cancellationToken).ConfigureAwait(false) is { } named)
            return await OfTableAsync(named, cancellationToken).ConfigureAwait(false);
        return await OfTableAsync(key, cancellationToken).ConfigureAwait(false) ?? await OfCacheAsync(key, cancellationToken).ConfigureAwait(false);
    }

    // The name is part of the key, so that a value goes with the one name it has.
    private static KeyValuePair<string, TaskValue> Inline(string name, Value value)
    {
        var bytes = value.Contiguous();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{name}\n{value.Format}\n"));
        hash.AppendData(bytes.Span);
        return new($"kept-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}", new TaskValue(value.Format, bytes, null));
    }

    private async Task<KeyValuePair<string, TaskValue>> OnWorkersAsync(Value value, CancellationToken cancellationToken) =>
        (await new Scattering(_center, _values, _options.TimeProvider).PutAsync([value], ScatterOptions.Default, cancellationToken).ConfigureAwait(false))[0];

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var status = await _center.Sessions.OpenAsync(Session, 0, Lease, "{\"shared\":true}", cancellationToken).ConfigureAwait(false);
        if (status == ScriptStatus.Cancelled)
            throw new BlazeException("The shared values were given up a moment ago, because nobody used them for a day; try again.");
    }

    // The key of the value that a name has.
    private async Task<string?> KeyOfAsync(string name, CancellationToken cancellationToken) =>
        TextOf((await _center.Sessions.GetAsync([NamePrefix + name], cancellationToken).ConfigureAwait(false))[0]);

    private static TaskValue Text(string text) => new(ValueFormat.Json, JsonSerializer.SerializeToUtf8Bytes(text, SharedJson.Default.String), null);

    private static string? TextOf(TaskResult result) => result.Inline is { } bytes ? JsonSerializer.Deserialize(bytes.Span, SharedJson.Default.String) : null;

    private async Task<Value?> OfTableAsync(string key, CancellationToken cancellationToken)
    {
        var result = (await _center.Sessions.GetAsync([key], cancellationToken).ConfigureAwait(false))[0];
        if (result.State != TaskState.Done)
            return null;
        if (result.Location is not { } location)
            return FinishedCall.ValueOf(result) ?? await OfStoreAsync(key, cancellationToken).ConfigureAwait(false);
        var remote = await _values.TryGetAsync(key, location, isLast: true, cancellationToken).ConfigureAwait(false);
        return remote?.Value;
    }

    private async Task<Value?> OfStoreAsync(string key, CancellationToken cancellationToken) =>
        ChunkKey.TryParse(key, out _) || (await _center.Values.GetAsync([key], cancellationToken).ConfigureAwait(false))[0] is not { } stored ? null : StoredForm.Read(stored, key);

    private async Task<Value?> OfCacheAsync(string key, CancellationToken cancellationToken)
    {
        if (!ChunkKey.TryParse(key, out var chunk))
            return null;
        var stored = (await _center.Values.GetAsync([key], cancellationToken).ConfigureAwait(false))[0];
        if (stored is not null && SealedValue.TryUnseal(key, stored, out var body))
            return new Value(FormatOf(body.Span), body);
        if (_options.Durable is { } durable && await durable.GetAsync(chunk, cancellationToken).ConfigureAwait(false) is { } kept)
            return new Value(FormatOf(kept.Span), kept);
        return null;
    }

    private static string FormatOf(ReadOnlySpan<byte> body) => Core.Formats.NpyHeader.HasMagic(body) ? ValueFormat.Npy : ValueFormat.Json;
}
