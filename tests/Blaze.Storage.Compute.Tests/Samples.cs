namespace Blaze.Storage.Compute.Tests;

/// <summary>Bytes to compute from, the same on every run.</summary>
internal static class Samples
{
    public const int MiB = 1 << 20;

    /// <summary>The lengths at which loops, vectors, cells and buffers begin and end.</summary>
    public static readonly int[] Lengths = [0, 1, 2, 7, 63, 64, 65, 127, 128, 129, 255, 257, 1023, 1024, 4095, 4096, 4097, 65535, 65536, 65537, MiB - 1, MiB, MiB + 1];

    public static TheoryData<int> AllLengths => [.. Lengths];

    public static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Random bytes with stretches between them that repeat with a period of 1 to 9 bytes, of all lengths from 1 byte to some vectors.</summary>
    public static byte[] Runs(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = Random(length, seed);
        for (var at = 0; at < length;)
        {
            var run = Math.Min(random.Next(1, random.Next(2) == 0 ? 20 : 400), length - at);
            var period = random.Next(1, 10);
            for (var i = 0; i < run; i++)
                bytes[at + i] = i < period ? (byte)random.Next(3) : bytes[at + i - period];
            at += run + random.Next(100);
        }

        return bytes;
    }

    /// <summary>A copy with single bytes and stretches changed.</summary>
    public static byte[] Changed(byte[] original, int seed, double share)
    {
        var random = new Random(seed);
        var bytes = original.ToArray();
        for (var at = 0; at < bytes.Length;)
        {
            var run = Math.Min(random.Next(4) == 0 ? random.Next(1, 300) : 1, bytes.Length - at);
            if (random.NextDouble() < share)
            {
                for (var i = 0; i < run; i++)
                    bytes[at + i] ^= 0x5a;
            }

            at += run + random.Next(1, 200);
        }

        return bytes;
    }
}
