using System.Text;

namespace Blaze.Storage.Core.ObjectStores.Sources;

/// <summary>
/// One segment of a pattern: <c>*</c> any characters, <c>?</c> one character, <c>[a-z]</c> one of a set, <c>[!a-z]</c> or
/// <c>[^a-z]</c> one outside it; a <c>[</c> that is never closed stands for itself. A character is a Unicode scalar.
/// </summary>
internal sealed class Wildcards
{
    private readonly List<Element> _elements = [];

    private Wildcards()
    {
    }

    /// <summary>Whether the segment is <c>**</c>: any number of segments.</summary>
    public bool IsAnyDepth { get; private init; }

    /// <summary>Whether the segment matches only the name it spells.</summary>
    public bool IsLiteral => !IsAnyDepth && _elements.TrueForAll(element => element.Kind == ElementKind.Character);

    /// <summary>Reads a segment in which <c>* ? [ ]</c> stand for themselves where they are percent-encoded.</summary>
    public static Wildcards Parse(string encodedSegment)
    {
        var result = new Wildcards { IsAnyDepth = encodedSegment == "**" };
        var tokens = Tokens(encodedSegment);
        for (var index = 0; index < tokens.Count;)
        {
            var (character, special) = tokens[index];
            var end = special && character.Value == '[' ? EndOfSet(tokens, index) : -1;
            result._elements.Add(end >= 0
                ? SetOf(tokens[(index + 1)..end])
                : new Element(KindOf(character, special), character, false, []));
            index = end >= 0 ? end + 1 : index + 1;
        }

        return result;
    }

    /// <summary>Whether the whole name matches.</summary>
    public bool Matches(string name)
    {
        var characters = name.EnumerateRunes().ToArray();
        var (position, element) = (0, 0);
        var (starElement, starPosition) = (-1, 0);
        while (position < characters.Length)
        {
            if (element < _elements.Count && _elements[element].Kind == ElementKind.Star)
            {
                (starElement, starPosition) = (element++, position);
            }
            else if (element < _elements.Count && _elements[element].Matches(characters[position]))
            {
                element++;
                position++;
            }
            else if (starElement >= 0)
            {
                element = starElement + 1;
                position = ++starPosition;
            }
            else
            {
                return false;
            }
        }

        return _elements.Skip(element).All(rest => rest.Kind == ElementKind.Star);
    }

    private static ElementKind KindOf(Rune character, bool special) => (special, character.Value) switch
    {
        (true, '*') => ElementKind.Star,
        (true, '?') => ElementKind.Any,
        _ => ElementKind.Character,
    };

    // The first element of a set may be a bracket itself.
    private static int EndOfSet(List<(Rune Character, bool Special)> tokens, int start)
    {
        var first = start + 1;
        if (first < tokens.Count && tokens[first].Character.Value is '!' or '^')
            first++;
        return tokens.FindIndex(Math.Min(first + 1, tokens.Count), token => token.Special && token.Character.Value == ']');
    }

    private static Element SetOf(List<(Rune Character, bool Special)> content)
    {
        var negated = content[0].Character.Value is '!' or '^';
        var members = content.Skip(negated ? 1 : 0).Select(token => token.Character).ToArray();
        var ranges = new List<(Rune, Rune)>();
        for (var index = 0; index < members.Length; index++)
        {
            var isRange = index + 2 < members.Length && members[index + 1].Value == '-';
            ranges.Add((members[index], members[isRange ? index + 2 : index]));
            index += isRange ? 2 : 0;
        }

        return new Element(ElementKind.Set, default, negated, ranges);
    }

    private static List<(Rune Character, bool Special)> Tokens(string encoded)
    {
        var tokens = new List<(Rune, bool)>();
        for (var start = 0; start < encoded.Length;)
        {
            var special = encoded.AsSpan(start).IndexOfAny("*?[]");
            var plain = special < 0 ? encoded.Length - start : special;
            tokens.AddRange(Decode(encoded.AsSpan(start, plain)).EnumerateRunes().Select(rune => (rune, false)));
            start += plain;
            if (special >= 0)
                tokens.Add((new Rune(encoded[start++]), true));
        }

        return tokens;
    }

    internal static string Decode(ReadOnlySpan<char> encoded) =>
        PercentEncoding.TryDecode(encoded, out var bytes) ? Encoding.UTF8.GetString(bytes) : encoded.ToString();

    private enum ElementKind
    {
        Character,
        Any,
        Star,
        Set,
    }

    private sealed record Element(ElementKind Kind, Rune Character, bool Negated, List<(Rune First, Rune Last)> Ranges)
    {
        public bool Matches(Rune candidate) => Kind switch
        {
            ElementKind.Character => candidate == Character,
            ElementKind.Any => true,
            ElementKind.Set => Ranges.Exists(range => range.First <= candidate && candidate <= range.Last) != Negated,
            _ => false,
        };
    }
}
