using System.Buffers;
using Blaze.Storage.Transfer.Buffers;

namespace Blaze.Storage.Worker.Data;

/// <summary>
/// One value that a worker holds. The fields are the store's, under its lock, except for the checksum, which is the same whoever computes
/// it. The bytes of an entry never change: another value under its key is another entry.
/// </summary>
internal sealed class DataEntry(string key, string format, long length)
{
    // What an entry takes beside its bytes, roughly: many small values are many entries.
    private const int Overhead = 256;
    private long _checksum = -1;

    public string Key { get; } = key;

    public string Format { get; } = format;

    public long Length { get; } = length;

    /// <summary>Held while the value is read back, so that it is read once.</summary>
    public Lock Loading { get; } = new();

    public bool IsInMemory { get; set; }

    /// <summary>Whether it is a copy of what another worker holds: rather than to disk it goes away.</summary>
    public bool IsCopy { get; set; }

    /// <summary>Whether the store knows it no longer; it goes with its last user.</summary>
    public bool IsRemoved { get; set; }

    public int Pins { get; set; }

    public ReadOnlySequence<byte> Bytes { get; set; }

    public IDisposable? Owner { get; set; }

    /// <summary>The file that holds the bytes as well, or alone.</summary>
    public string? File { get; set; }

    /// <summary>The memory that the entry takes, in bytes, while it is in memory.</summary>
    public long Cost => CostIn(Owner);

    public bool IsLinked { get; set; }

    public DataEntry? Older { get; set; }

    public DataEntry? Newer { get; set; }

    /// <summary>The CRC-32C of the bytes, once it is known.</summary>
    public uint? Checksum
    {
        get => Interlocked.Read(ref _checksum) is >= 0 and var known ? (uint)known : null;
        set => Interlocked.Exchange(ref _checksum, value ?? -1L);
    }

    /// <summary>The memory that the entry would take in this owner's.</summary>
    public long CostIn(IDisposable? owner) => Overhead + (2 * Key.Length) + (owner is PooledBuffer buffer ? buffer.Capacity : Length);
}
