using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Tests.Data;

/// <summary>Values that say what they are, and waiting for what a store does in the background.</summary>
internal static class TestValues
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that only this seed and length have.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Value Raw(int seed, int length) => new(ValueFormat.Raw, Bytes(seed, length));

    /// <summary>The bytes of a key, or null.</summary>
    public static byte[]? Read(DataStore store, string key)
    {
        using var lease = store.Get(key);
        return lease is null ? null : System.Buffers.BuffersExtensions.ToArray(lease.Value.Bytes);
    }

    /// <summary>Waits until so much memory was given back.</summary>
    public static async Task UntilAsync(DataStore store, Func<bool> condition)
    {
        while (true)
        {
            var room = store.RoomMade();
            if (condition())
                return;
            await room.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        }
    }
}
