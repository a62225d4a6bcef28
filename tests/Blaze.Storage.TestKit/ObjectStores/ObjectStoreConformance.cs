using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.ObjectStores;

/// <summary>
/// What every object store must do. An adapter's tests derive a class that supplies the store, connected to a real server or
/// disk, and a location that nothing lies below when a test starts; each test has an instance of its own.
/// </summary>
public abstract partial class ObjectStoreConformance
{
    private const int MostRepeats = 20;

    /// <summary>The store under test.</summary>
    protected abstract IObjectStore Store { get; }

    /// <summary>Where this test may write; nothing lies below it.</summary>
    protected abstract ResourceUri Root { get; }

    /// <summary>The smallest part, but for the last, that the store takes in a multipart upload.</summary>
    protected virtual int SmallestPart => 1;

    /// <summary>Whether a read fails once the resource is another version; else only the verification after it does.</summary>
    protected virtual bool ReadsAreConditional => true;

    /// <summary>The token of the running test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bytes that differ everywhere, the same for the same seed.</summary>
    protected static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Runs an action that must fail, and checks that kind, location, store and message are what a caller needs.</summary>
    protected async Task FailsAsync(ObjectStoreErrorKind kind, ResourceUri uri, Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(action);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(uri, failure.Uri);
        Assert.Equal(Store.Scheme, failure.Store);
        Assert.Contains(uri.Display, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    /// <summary>
    /// Makes a call again where the store asks for that, as whoever uses it does: some servers answer so when they are
    /// written to by many at once.
    /// </summary>
    protected static async Task<T> RepeatedAsync<T>(Func<Task<T>> call)
    {
        for (var left = MostRepeats; ; left--)
        {
            try
            {
                return await call();
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.Transient && left > 0)
            {
                // The loop tries it again.
            }
        }
    }

    private async Task<List<ResourceInfo>> ListedAsync(ResourceUri prefix, ListFilter? filter = null)
    {
        var found = new List<ResourceInfo>();
        await foreach (var info in Store.ListAsync(prefix, filter, Token))
            found.Add(info);
        return found;
    }
}
