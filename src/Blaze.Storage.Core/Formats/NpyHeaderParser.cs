using System.Globalization;

namespace Blaze.Storage.Core.Formats;

/// <summary>Reads the one Python dictionary a .npy header holds: the keys descr, fortran_order and shape, each once, in any order.</summary>
internal sealed class NpyHeaderParser(string text)
{
    private const int MostAxes = 64;
    private int _position;

    public NpyHeader Parse(long dataOffset)
    {
        string? descr = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = ReadDescr(); break;
                case "fortran_order" when fortranOrder is null: fortranOrder = ReadBoolean(); break;
                case "shape" when shape is null: shape = ReadShape(); break;
                default: throw Broken($"it has the key '{key}' twice or does not know it");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (_position < text.Length)
            throw Broken("something follows its dictionary");
        return new NpyHeader(
            descr ?? throw Broken("the key 'descr' is missing"),
            fortranOrder ?? throw Broken("the key 'fortran_order' is missing"),
            shape ?? throw Broken("the key 'shape' is missing"),
            dataOffset);
    }

    private string ReadDescr()
    {
        SkipSpace();
        return Peek() == '[' ? ReadList() : ReadString();
    }

    // A list of fields is kept as it stands; only where it ends has to be known.
    private string ReadList()
    {
        var start = _position;
        var depth = 0;
        do
        {
            SkipSpace();
            switch (Peek())
            {
                case '[' or '(': depth++; _position++; break;
                case ']' or ')': depth--; _position++; break;
                case '\'' or '"': ReadString(); break;
                case '\0': throw Broken("the list of fields does not end");
                default: _position++; break;
            }
        }
        while (depth > 0);
        return text[start.._position];
    }

    private string ReadString()
    {
        SkipSpace();
        var quote = Peek();
        var end = quote is '\'' or '"' ? text.IndexOf(quote, _position + 1) : -1;
        if (end < 0)
            throw Broken("a quoted text is missing or does not end");
        var value = text[(_position + 1)..end];
        if (value.Contains('\\', StringComparison.Ordinal))
            throw Broken("a quoted text holds a backslash");
        _position = end + 1;
        return value;
    }

    private bool ReadBoolean()
    {
        SkipSpace();
        foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) == 0)
            {
                _position += word.Length;
                return value;
            }
        }

        throw Broken("'fortran_order' is neither True nor False");
    }

    private List<long> ReadShape()
    {
        var shape = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            if (shape.Count == MostAxes)
                throw Broken($"the shape has more than {MostAxes} axes");
            shape.Add(ReadLength());
            if (!TryTake(','))
            {
                Expect(')');
                if (shape.Count == 1)
                    throw Broken("the shape is not a tuple");
                break;
            }
        }

        return shape;
    }

    private long ReadLength()
    {
        SkipSpace();
        var start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        if (!long.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw Broken("the shape holds something that is no length");

        // Python 2 wrote its long integers with an L behind.
        if (Peek() == 'L')
            _position++;
        return length;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
            throw Broken($"'{expected}' is missing at character {_position}");
    }

    private bool TryTake(char wanted)
    {
        SkipSpace();
        var found = Peek() == wanted;
        if (found)
            _position++;
        return found;
    }

    private char Peek() => _position < text.Length ? text[_position] : '\0';

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
            _position++;
    }

    private static InvalidDataException Broken(string what) => new($"The .npy header is broken: {what}.");
}
