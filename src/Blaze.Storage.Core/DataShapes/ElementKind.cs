namespace Blaze.Storage.Core.DataShapes;

/// <summary>What the bytes of an element mean.</summary>
public enum ElementKind
{
    /// <summary>An unsigned integer.</summary>
    UnsignedInteger,

    /// <summary>A signed integer in two's complement.</summary>
    SignedInteger,

    /// <summary>An IEEE 754 binary floating-point number.</summary>
    FloatingPoint,
}
