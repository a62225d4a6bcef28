using System.Buffers.Binary;
using System.Numerics;

namespace Blaze.Storage.Adapters.Resilience.Writing;

/// <summary>What is remembered of a part that was written: enough to recognise it.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Crc">Their CRC-32C.</param>
internal readonly record struct PartPrint(long Length, uint Crc)
{
    public static PartPrint Of(ReadOnlySpan<byte> content) => new(content.Length, Add(uint.MaxValue, content));

    /// <summary>Goes on with a checksum, which begins as all ones.</summary>
    public static uint Add(uint crc, ReadOnlySpan<byte> content)
    {
        var words = content.Length / sizeof(ulong) * sizeof(ulong);
        for (var index = 0; index < words; index += sizeof(ulong))
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content[index..]));
        foreach (var value in content[words..])
            crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
