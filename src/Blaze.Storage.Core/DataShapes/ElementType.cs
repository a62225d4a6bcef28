namespace Blaze.Storage.Core.DataShapes;

/// <summary>
/// The type of the elements a resource is made of: u1, u2, u4, u8, i1, i2, i4, i8, f4 or f8, where the digit is the size in
/// bytes, little-endian unless said otherwise. Types of one byte have no byte order; they are equal whatever prefix they were given.
/// </summary>
public readonly record struct ElementType
{
    private ElementType(ElementKind kind, int size, bool isBigEndian)
    {
        Kind = kind;
        Size = size;
        IsBigEndian = isBigEndian && size > 1;
    }

    /// <summary>What the bytes mean.</summary>
    public ElementKind Kind { get; }

    /// <summary>Bytes per element: 1, 2, 4 or 8.</summary>
    public int Size { get; }

    /// <summary>Whether the most significant byte comes first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether the elements are integers.</summary>
    public bool IsInteger => Kind != ElementKind.FloatingPoint;

    /// <summary>The form used in keys: <c>f8</c>, big-endian <c>f8be</c>.</summary>
    public string Token => IsBigEndian ? Name + "be" : Name;

    /// <summary>The form used in .npy headers: <c>&lt;f8</c>, <c>&gt;f8</c>, <c>|u1</c>.</summary>
    public string Descr => (Size == 1 ? "|" : IsBigEndian ? ">" : "<") + Name;

    private string Name => (Kind switch { ElementKind.UnsignedInteger => "u", ElementKind.SignedInteger => "i", _ => "f" }) + (char)('0' + Size);

    /// <summary>Reads a type as a user or a .npy header writes it: <c>f8</c>, <c>&lt;f8</c>, <c>&gt;f8</c>, <c>|u1</c>, <c>=i4</c>.</summary>
    /// <exception cref="BlazeException">The text names none of the types; the message lists them.</exception>
    public static ElementType Parse(string text) => TryParse(text, out var type)
        ? type
        : throw new BlazeException($"The dtype '{text}' is not supported: use one of u1 u2 u4 u8 i1 i2 i4 i8 f4 f8, with '>' in front for big-endian.");

    /// <summary>Reads a type as <see cref="Parse"/> does.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ElementType type)
    {
        type = default;
        var isBigEndian = text is ['>', ..];
        var isSizeless = text is ['|', ..];
        if (isBigEndian || isSizeless || text is ['<', ..] or ['=', ..])
            text = text[1..];
        ElementKind kind;
        switch (text)
        {
            case ['u', '1' or '2' or '4' or '8']: kind = ElementKind.UnsignedInteger; break;
            case ['i', '1' or '2' or '4' or '8']: kind = ElementKind.SignedInteger; break;
            case ['f', '4' or '8']: kind = ElementKind.FloatingPoint; break;
            default: return false;
        }

        type = new ElementType(kind, text[1] - '0', isBigEndian);
        return !isSizeless || type.Size == 1;
    }

    /// <summary>The form a user writes: <c>f8</c>, big-endian <c>&gt;f8</c>.</summary>
    public override string ToString() => IsBigEndian ? ">" + Name : Name;
}
