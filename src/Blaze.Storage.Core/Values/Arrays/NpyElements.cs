using System.Numerics;

namespace Blaze.Storage.Core.Values.Arrays;

/// <summary>The element types of the format npy and what .npy headers and numpy call them.</summary>
internal static class NpyElements
{
    private static readonly (Type Type, string Code, string NumpyName)[] Known =
    [
        (typeof(bool), "b1", "bool"),
        (typeof(sbyte), "i1", "int8"),
        (typeof(byte), "u1", "uint8"),
        (typeof(short), "i2", "int16"),
        (typeof(ushort), "u2", "uint16"),
        (typeof(int), "i4", "int32"),
        (typeof(uint), "u4", "uint32"),
        (typeof(long), "i8", "int64"),
        (typeof(ulong), "u8", "uint64"),
        (typeof(Half), "f2", "float16"),
        (typeof(float), "f4", "float32"),
        (typeof(double), "f8", "float64"),
        (typeof(Complex), "c16", "complex128"),
    ];

    /// <summary>The size and kind of a type's elements, such as <c>f8</c>; null for a type that npy lacks.</summary>
    public static string? CodeOf(Type type) => Known.FirstOrDefault(known => known.Type == type).Code;

    /// <summary>The type that a code names, or null.</summary>
    public static Type? TypeOf(string descr) => descr.Length > 1 ? Known.FirstOrDefault(known => known.Code == descr[1..]).Type : null;

    /// <summary>What numpy calls the elements of a header; the header's own words where this program does not know them.</summary>
    public static string NumpyNameOf(string descr) =>
        descr.Length > 1 && Known.FirstOrDefault(known => known.Code == descr[1..]).NumpyName is { } name
            ? descr[0] == '>' ? "big-endian " + name : name
            : descr;
}
