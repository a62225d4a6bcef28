using Blaze.Storage.Worker.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Worker.Tests.Data;

public sealed class DataStoreModelTests
{
    private const int Keys = 12;
    private const long Limit = 200_000;

    // The first four bytes of each value are its seed, so that whatever is read can be checked by itself.
    [Fact]
    public void Operations_InAnyOrder_AreThoseOfADictionary()
    {
        var step =
            from kind in Gen.Choose(0, 9)
            from key in Gen.Choose(0, Keys - 1)
            from length in Gen.Choose(4, 40_000)
            select (Kind: kind, Key: $"{key}", Length: length);
        Prop.ForAll(step.ListOf(60).ToArbitrary(), steps =>
        {
            using var folder = new TemporaryFolder();
            using var store = new DataStore(new DataStoreOptions { MemoryLimit = Limit, SpillRoot = folder.Path });
            var model = new Dictionary<string, byte[]>();
            foreach (var (kind, key, length) in steps)
            {
                switch (kind)
                {
                    case < 5:
                        Assert.Equal(!model.ContainsKey(key), Put(store, key, length));
                        model[key] = Seeded(length, length);
                        break;
                    case 5:
                        Assert.Equal(model.Remove(key), store.Delete(key));
                        break;
                    default:
                        Assert.Equal(model.GetValueOrDefault(key), TestValues.Read(store, key));
                        break;
                }

                Assert.Equal(model.Keys.Order(StringComparer.Ordinal), store.List("", null, 100).Values.Select(value => value.Key));
                Assert.Equal(model.Values.Sum(value => (long)value.Length), store.Bytes);
                Assert.InRange(store.MemoryBytes, 0, Limit);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Operations_FromManyThreads_NeverMixOrLoseValues()
    {
        using var folder = new TemporaryFolder();
        using var store = new DataStore(new DataStoreOptions { MemoryLimit = Limit, SpillRoot = folder.Path });
        var damaged = 0;
        store.Damaged += (_, _) => Interlocked.Increment(ref damaged);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() => Wander(store, thread))));

        Assert.Equal(0, damaged);
        for (var key = 0; key < Keys; key++)
            store.Delete($"{key}");
        await TestValues.UntilAsync(store, () => store.MemoryBytes == 0);
        Assert.Equal((0, 0, 0, 0), (store.Count, store.Bytes, store.ReservedBytes, store.SpilledBytes));
        Assert.Empty(folder.Files("*.value"));
    }

    private static void Wander(DataStore store, int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 1500; step++)
        {
            var key = $"{random.Next(Keys)}";
            switch (random.Next(10))
            {
                case < 3:
                    Put(store, key, random.Next(4, 60_000));
                    break;
                case 3:
                    store.Delete(key);
                    break;
                case 4:
                    using (var reservation = store.TryReserve(random.Next(50_000)))
                        store.List("", null, 5);
                    break;
                case 5:
                    using (var open = store.Open(key))
                        if (open is { File: { } file })
                            AssertSeeded(File.ReadAllBytes(file).AsSpan(0, (int)open.Length));
                    break;
                default:
                    if (TestValues.Read(store, key) is { } bytes)
                        AssertSeeded(bytes);
                    break;
            }
        }
    }

    private static bool Put(DataStore store, string key, int length)
    {
        var buffer = store.Pool.Rent(length);
        Seeded(length, length).CopyTo(buffer.From(0, length).Span);
        return store.Set(key, new Core.Values.Value("raw", buffer.Bytes), buffer);
    }

    private static void AssertSeeded(ReadOnlySpan<byte> bytes) => Assert.Equal(Seeded(BitConverter.ToInt32(bytes), bytes.Length), bytes);

    private static byte[] Seeded(int seed, int length)
    {
        var bytes = TestValues.Bytes(seed, length);
        BitConverter.TryWriteBytes(bytes, seed);
        return bytes;
    }
}
