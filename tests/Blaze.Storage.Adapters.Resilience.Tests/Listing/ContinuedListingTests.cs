using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests.Listing;

/// <summary>A listing that breaks off goes on, and gives everything once.</summary>
public sealed class ContinuedListingTests
{
    private static readonly RetryOptions AtOnce = new() { BaseDelay = TimeSpan.Zero };
    private static readonly ResourceUri Root = ResourceUri.Parse("memory://bucket/");
    private static readonly string[] Names = ["a", "a-", "a/b", "a/é", "a0", "b%20", "c", "é/x", "é.", "~"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StoreFault, int> BreakingOff
    {
        get
        {
            var data = new TheoryData<StoreFault, int>();
            for (var step = 0; step <= Names.Length; step++)
            {
                data.Add(StoreFault.Refused, step);
                data.Add(StoreFault.AnswerLost, step);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BreakingOff))]
    public async Task Listing_ThatBreaksOffTwice_GivesEachOnceInOrder(StoreFault fault, int step)
    {
        using var timed = new TimedStore(AtOnce, [.. Enumerable.Repeat(StoreFault.None, step), fault, fault]);
        foreach (var name in Names)
            await timed.Memory.PutAsync(Root.Append(name), TimedStore.Content(10), Token);
        Assert.Equal(await timed.Memory.ListAsync(Root, Token).ToListAsync(Token), await timed.Store.ListAsync(Root, Token).ToListAsync(Token));
        Assert.Equal(2, timed.Store.Repetitions);
    }

    [Fact]
    public async Task Listing_ThatHangs_GoesOnAfterItsDeadline()
    {
        var memory = new MemoryObjectStore();
        foreach (var name in Names)
            await memory.PutAsync(Root.Append(name), TimedStore.Content(10), Token);
        using var store = PatientStore.Over(memory, FaultPlan.Of([StoreFault.None, StoreFault.Hang, StoreFault.None, StoreFault.Stuck, StoreFault.HangAfter]));
        Assert.Equal(await memory.ListAsync(Root, Token).ToListAsync(Token), await store.ListAsync(Root, Token).ToListAsync(Token));
        Assert.Equal(3, store.Repetitions);
    }

    [Fact]
    public async Task Listing_ThatFailsAlways_GivesUpAndSaysWhat()
    {
        using var timed = new TimedStore(AtOnce, [StoreFault.None, .. Enumerable.Repeat(StoreFault.Refused, 100)]);
        foreach (var name in Names)
            await timed.Memory.PutAsync(Root.Append(name), TimedStore.Content(10), Token);
        await using var listing = timed.Store.ListAsync(Root, Token).GetAsyncEnumerator(Token);
        Assert.True(await listing.MoveNextAsync());
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => listing.MoveNextAsync().AsTask());
        Assert.Contains("'memory://bucket/'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tried 8 times", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_Cancelled_EndsAtOnce()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.Hang);
        foreach (var name in Names)
            await timed.Memory.PutAsync(Root.Append(name), TimedStore.Content(10), Token);
        using var cancel = new CancellationTokenSource();
        await using var listing = timed.Store.ListAsync(Root, cancel.Token).GetAsyncEnumerator(Token);
        Assert.True(await listing.MoveNextAsync());
        var next = listing.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(0, timed.Faulty.Hanging);
    }
}
