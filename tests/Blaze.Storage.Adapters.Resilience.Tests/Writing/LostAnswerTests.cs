using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests.Writing;

/// <summary>What was done is not reported as refused because the answer to it was lost, and what was refused not as done.</summary>
public sealed class LostAnswerTests
{
    private static readonly RetryOptions AtOnce = new() { BaseDelay = TimeSpan.Zero };
    private static readonly ResourceUri B = ResourceUri.Parse("memory://bucket/b");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WhoseAnswerWasLost_GivesTheVersionWritten()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.AnswerLost);
        var written = await timed.Store.PutAsync(TimedStore.A, TimedStore.Content(200_000), PutMode.Create, Token);
        Assert.Equal(await timed.Memory.StatAsync(TimedStore.A, Token), written);
        Assert.Equal(TimedStore.Content(200_000), await timed.Memory.GetAsync(TimedStore.A, written.Version, Token));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Create_RefusedAfterALostRequest_IsAlreadyExists(int length)
    {
        using var timed = new TimedStore(AtOnce, StoreFault.Refused);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10, 2), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.PutAsync(TimedStore.A, TimedStore.Content(length, 1), PutMode.Create, Token));
        Assert.Equal(ObjectStoreErrorKind.AlreadyExists, failure.Kind);
        Assert.Equal(TimedStore.Content(10, 2), await timed.Memory.GetAsync(TimedStore.A, null, Token));
    }

    // Without a lost answer a refusal is a refusal, whatever lies there.
    [Fact]
    public async Task Create_OfWhatLiesThereAlready_IsAlreadyExists()
    {
        using var timed = new TimedStore(AtOnce);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.PutAsync(TimedStore.A, TimedStore.Content(10), PutMode.Create, Token));
        Assert.Equal(ObjectStoreErrorKind.AlreadyExists, failure.Kind);
    }

    [Fact]
    public async Task Update_WhoseAnswerWasLost_GivesTheVersionWritten()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.AnswerLost);
        var first = await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10, 1), Token);
        var second = await timed.Store.PutAsync(TimedStore.A, TimedStore.Content(10, 2), PutMode.Update(first.Version), Token);
        Assert.NotEqual(first, second);
        Assert.Equal(await timed.Memory.StatAsync(TimedStore.A, Token), second);
    }

    [Fact]
    public async Task Update_OverwrittenByAnotherAfterALostRequest_IsPreconditionFailed()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.Refused);
        var first = await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10, 1), Token);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10, 3), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(
            () => timed.Store.PutAsync(TimedStore.A, TimedStore.Content(10, 2), PutMode.Update(first.Version), Token));
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_WhoseAnswerWasLost_SaysWhetherThereWasOne(bool exists)
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.AnswerLost, StoreFault.Refused);
        if (exists)
            await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        Assert.Equal(exists, await timed.Store.DeleteAsync(TimedStore.A, Token));
        Assert.False(await timed.Memory.DeleteAsync(TimedStore.A, Token));
    }

    [Fact]
    public async Task Copy_WhoseAnswerWasLost_IsDone()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.None, StoreFault.AnswerLost);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(300_000), Token);
        await timed.Store.CopyIfAbsentAsync(TimedStore.A, B, Token);
        Assert.Equal(TimedStore.Content(300_000), await timed.Memory.GetAsync(B, null, Token));
    }

    [Fact]
    public async Task Copy_OvertakenAfterALostRequest_IsAlreadyExists()
    {
        var memory = new MemoryObjectStore();
        await memory.PutAsync(TimedStore.A, TimedStore.Content(300_000, 1), Token);
        var calls = 0;
        memory.Fault = (member, _) =>
        {
            if (member != "CopyIfAbsentAsync" || ++calls > 1)
                return;
            memory.PutAsync(B, TimedStore.Content(300_000, 2), Token).GetAwaiter().GetResult();
            throw new ObjectStoreException(ObjectStoreErrorKind.Transient, "The connection was lost.", "memory", B);
        };
        using var store = new RetryingStore(memory, AtOnce);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.CopyIfAbsentAsync(TimedStore.A, B, Token));
        Assert.Equal((ObjectStoreErrorKind.AlreadyExists, B), (failure.Kind, failure.Uri));
        Assert.Equal(TimedStore.Content(300_000, 2), await memory.GetAsync(B, null, Token));
    }

    [Fact]
    public async Task Copy_ToWhereTheSameLiesAlready_IsAlreadyExistsAlsoAfterALostRequest()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.Refused);
        await timed.Memory.PutAsync(TimedStore.A, TimedStore.Content(10), Token);
        await timed.Memory.PutAsync(B, TimedStore.Content(10), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Store.CopyIfAbsentAsync(TimedStore.A, B, Token));
        Assert.Equal(ObjectStoreErrorKind.AlreadyExists, failure.Kind);
    }

    [Fact]
    public async Task Completion_WhoseAnswerWasLost_GivesTheVersionWritten()
    {
        var lost = new FaultPlan(member => member == "CompleteAsync" ? StoreFault.AnswerLost : StoreFault.None);
        var memory = new MemoryObjectStore();
        using var store = new RetryingStore(new FaultyStore(memory, lost), AtOnce);
        await using var upload = await store.OpenMultipartAsync(TimedStore.A, PutMode.Create, Token);
        await upload.PutPartAsync(1, TimedStore.Content(100, 2), Token);
        await upload.PutPartAsync(0, TimedStore.Content(90_001, 1), Token);
        var written = await upload.CompleteAsync(Token);
        Assert.Equal(await memory.StatAsync(TimedStore.A, Token), written);
        byte[] expected = [.. TimedStore.Content(90_001, 1), .. TimedStore.Content(100, 2)];
        Assert.Equal(expected, await memory.GetAsync(TimedStore.A, null, Token));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task Completion_RefusedAfterALostRequest_IsAlreadyExists(int length)
    {
        var memory = new MemoryObjectStore();
        var lost = FaultPlan.Of([StoreFault.None, StoreFault.None, StoreFault.None, StoreFault.Refused]);
        using var store = new RetryingStore(new FaultyStore(memory, lost), AtOnce);
        await using var upload = await store.OpenMultipartAsync(TimedStore.A, PutMode.Create, Token);
        await upload.PutPartAsync(0, TimedStore.Content(100, 1), Token);
        await memory.PutAsync(TimedStore.A, TimedStore.Content(length, 2), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => upload.CompleteAsync(Token));
        Assert.Equal(ObjectStoreErrorKind.AlreadyExists, failure.Kind);
        Assert.Equal(TimedStore.Content(length, 2), await memory.GetAsync(TimedStore.A, null, Token));
    }

    [Fact]
    public async Task Completion_WithAPartMissing_IsRefusedAlsoAfterALostRequest()
    {
        using var timed = new TimedStore(AtOnce, StoreFault.None, StoreFault.None, StoreFault.None, StoreFault.Refused);
        await using var upload = await timed.Store.OpenMultipartAsync(TimedStore.A, PutMode.Overwrite, Token);
        await upload.PutPartAsync(1, TimedStore.Content(10), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => upload.CompleteAsync(Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => timed.Memory.StatAsync(TimedStore.A, Token));
    }
}
