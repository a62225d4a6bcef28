using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Blaze.Storage.Core.Functions;

/// <summary>The bytes of an assembly that travels, known by their content.</summary>
public sealed class AssemblyImage
{
    // Weak on both sides: an assembly that was loaded for a while is not kept by being known.
    private static readonly ConditionalWeakTable<Assembly, AssemblyImage> Known = [];

    /// <summary>Describes an assembly.</summary>
    /// <param name="name">Its simple name.</param>
    /// <param name="bytes">The file.</param>
    public AssemblyImage(string name, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        Bytes = bytes;
        Hash = HashOf(bytes.Span);
    }

    /// <summary>The simple name, such as <c>Example.Analysis</c>.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits; the name it is stored under.</summary>
    public string Hash { get; }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of some bytes, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The image of a loaded assembly, where it is known.</summary>
    public static bool TryGet(Assembly assembly, [NotNullWhen(true)] out AssemblyImage? image) => Known.TryGetValue(assembly, out image);

    /// <summary>Notes what an assembly was loaded from, so that it can travel on.</summary>
    public static void Remember(Assembly assembly, AssemblyImage image) => Known.AddOrUpdate(assembly, image);
}
