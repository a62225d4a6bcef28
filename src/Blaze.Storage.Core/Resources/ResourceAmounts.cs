using System.Globalization;

namespace Blaze.Storage.Core.Resources;

/// <summary>
/// How much of which resource a worker has, or a call takes: <c>gpu=1,memory=4294967296</c>. A name is a lower-case letter, then up to 31 lower-case letters,
/// digits or <c>-</c>; an amount is a whole number, 1 … 2^53. <see cref="Memory"/> is counted in bytes, anything else as its users like.
/// </summary>
public sealed class ResourceAmounts : IEquatable<ResourceAmounts>
{
    /// <summary>The name of the one resource that every worker has: bytes of memory.</summary>
    public const string Memory = "memory";

    /// <summary>The most there can be of anything.</summary>
    public const long MaxAmount = 1L << 53;

    private const int MaxNameLength = 32;
    private const int MaxNames = 16;

    // Up to this many sizes of memory there are between a power of two and the next, so that few demands differ.
    private const int SizesPerDoubling = 8;
    private const long SmallestMemory = 1L << 20;

    private readonly KeyValuePair<string, long>[] _items;

    private ResourceAmounts(KeyValuePair<string, long>[] items) => _items = items;

    /// <summary>Nothing of anything.</summary>
    public static ResourceAmounts None { get; } = new([]);

    /// <summary>The names in ordinal order, each with its amount.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Items => _items;

    /// <summary>Whether it is nothing.</summary>
    public bool IsNone => _items.Length == 0;

    /// <summary>One word, <c>gpu=1;memory=4294967296</c>; equal for what is equal.</summary>
    internal string Word => string.Join(';', _items.Select(static item => string.Create(CultureInfo.InvariantCulture, $"{item.Key}={item.Value}")));

    /// <summary>The amount of a resource, 0 where it is not named.</summary>
    public long this[string name]
    {
        get
        {
            foreach (var (known, amount) in _items)
            {
                if (string.Equals(known, name, StringComparison.Ordinal))
                    return amount;
            }

            return 0;
        }
    }

    /// <summary>Amounts by name.</summary>
    /// <exception cref="BlazeException">A name or an amount is not possible, or they are too many.</exception>
    public static ResourceAmounts Of(IEnumerable<KeyValuePair<string, long>> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        KeyValuePair<string, long>[] items = [.. amounts.OrderBy(item => item.Key, StringComparer.Ordinal)];
        if (items.Length == 0)
            return None;
        for (var at = 0; at < items.Length; at++)
        {
            if (Problem(items[at].Key, items[at].Value) is { } problem)
                throw new BlazeException($"A resource cannot be counted: {problem}.");
            if (at > 0 && items[at].Key == items[at - 1].Key)
                throw new BlazeException($"The resource '{items[at].Key}' is named twice; say once how much of it there is.");
        }

        return items.Length <= MaxNames ? new ResourceAmounts(items) : throw new BlazeException($"{items.Length} resources are too many to be counted; name at most {MaxNames}.");
    }

    /// <summary>What can be counted of what a stranger says; what cannot is left out.</summary>
    public static ResourceAmounts OfUnchecked(IReadOnlyDictionary<string, long>? amounts) =>
        amounts is null ? None : Of(amounts.Where(static item => Problem(item.Key, item.Value) is null).Take(MaxNames));

    /// <summary>Why a resource cannot have this name or amount, as the end of a sentence; null where it can.</summary>
    public static string? Problem(string name, long amount)
    {
        var isName = name is { Length: >= 1 and <= MaxNameLength } && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (!isName)
            return $"'{name}' is no name; use a lower-case letter, then up to {MaxNameLength - 1} lower-case letters, digits or '-'";
        return amount is >= 1 and <= MaxAmount ? null : string.Create(CultureInfo.InvariantCulture, $"the amount of '{name}' must be 1 to {MaxAmount}, not {amount}");
    }

    /// <summary>Reads what <see cref="Word"/> writes; null for anything else.</summary>
    internal static ResourceAmounts? OfWord(string word)
    {
        var items = new List<KeyValuePair<string, long>>();
        foreach (var part in word.Split(';'))
        {
            if (part.Split('=') is not [var name, var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || Problem(name, amount) is not null)
                return null;
            items.Add(new(name, amount));
        }

        var isSorted = items.Zip(items.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Key, pair.Second.Key) < 0);
        var found = new ResourceAmounts([.. items]);
        return isSorted && found.Word == word ? found : null;
    }

    /// <summary>
    /// What a call is counted with that takes this much: memory is at least 1 MiB, and rounded up to a power of two or one of seven steps between it and the next, so by less than an eighth.
    /// </summary>
    public ResourceAmounts AsDemand() => this[Memory] == 0
        ? this
        : new([.. _items.Select(item => item.Key == Memory ? new(Memory, RoundUp(item.Value)) : item)]);

    /// <summary>Whether all of this can be had where there is so much.</summary>
    public bool FitsInto(ResourceAmounts available)
    {
        ArgumentNullException.ThrowIfNull(available);
        return _items.All(item => item.Value <= available[item.Key]);
    }

    /// <summary>Whether both have some of the same resource.</summary>
    public bool Overlaps(ResourceAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _items.Any(item => other[item.Key] > 0);
    }

    /// <summary>These amounts with those of another that are not among them.</summary>
    public ResourceAmounts Or(ResourceAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(_items.Concat(other._items.Where(item => this[item.Key] == 0)));
    }

    /// <summary>What is left when this much is taken away; what is used up is not named any more.</summary>
    public ResourceAmounts Minus(ResourceAmounts taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return new([.. _items.Select(item => new KeyValuePair<string, long>(item.Key, item.Value - taken[item.Key])).Where(item => item.Value > 0)]);
    }

    /// <summary>What one of several gets when this is divided among them: the first ones get what cannot be divided evenly.</summary>
    /// <param name="number">Which of them, from 0.</param>
    /// <param name="all">How many they are.</param>
    public ResourceAmounts Share(int number, int all)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, all);
        return new([.. _items.Select(item => new KeyValuePair<string, long>(item.Key, (item.Value / all) + (number < item.Value % all ? 1 : 0))).Where(item => item.Value > 0)]);
    }

    /// <inheritdoc/>
    public bool Equals(ResourceAmounts? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceAmounts);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Word, StringComparison.Ordinal);

    /// <summary><c>gpu=1,memory=4Gi</c>, as <see cref="ResourceText"/> reads it.</summary>
    public override string ToString() => string.Join(',', _items.Select(item => ResourceText.Of(item.Key, item.Value)));

    private static long RoundUp(long bytes)
    {
        if (bytes <= SmallestMemory)
            return SmallestMemory;
        var step = Math.Max(1, (long)((ulong)1 << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)bytes))) / SizesPerDoubling);
        return (bytes + step - 1) / step * step;
    }
}
