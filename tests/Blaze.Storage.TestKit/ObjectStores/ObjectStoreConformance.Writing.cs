using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.ObjectStores;

/// <content>Put, multipart, copy, delete.</content>
public abstract partial class ObjectStoreConformance
{
    [Fact]
    public async Task Put_Overwriting_LeavesNothingOfTheOldContent()
    {
        var uri = Root.Append("a");
        await Store.PutAsync(uri, Content(1000, 1), Token);
        await Store.PutAsync(uri, Content(10, 2), Token);
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, null, Token));
        Assert.Equal(10, (await Store.StatAsync(uri, Token)).Length);
    }

    [Fact]
    public async Task Put_CreatingWhatExists_IsAlreadyExistsAndChangesNothing()
    {
        var uri = Root.Append("a");
        var first = await Store.PutAsync(uri, Content(10, 1), PutMode.Create, Token);
        await FailsAsync(ObjectStoreErrorKind.AlreadyExists, uri, () => Store.PutAsync(uri, Content(10, 2), PutMode.Create, Token));
        Assert.Equal(Content(10, 1), await Store.GetAsync(uri, first.Version, Token));
    }

    [Fact]
    public async Task Put_UpdatingTheVersionThereIs_ReplacesIt()
    {
        var uri = Root.Append("a");
        var first = await Store.PutAsync(uri, Content(10, 1), Token);
        var second = await Store.PutAsync(uri, Content(10, 2), PutMode.Update(first.Version), Token);
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, second.Version, Token));
    }

    [Fact]
    public async Task Put_UpdatingAnotherVersion_IsPreconditionFailedAndChangesNothing()
    {
        var uri = Root.Append("a");
        var first = await Store.PutAsync(uri, Content(10, 1), Token);
        var second = await Store.PutAsync(uri, Content(10, 2), Token);
        await FailsAsync(ObjectStoreErrorKind.PreconditionFailed, uri, () => Store.PutAsync(uri, Content(10, 3), PutMode.Update(first.Version), Token));
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, second.Version, Token));
    }

    [Fact]
    public async Task Put_UpdatingNothing_IsPreconditionFailed()
    {
        var uri = Root.Append("a");
        var gone = await Store.PutAsync(uri, Content(10), Token);
        await Store.DeleteAsync(uri, Token);
        await FailsAsync(ObjectStoreErrorKind.PreconditionFailed, uri, () => Store.PutAsync(uri, Content(10), PutMode.Update(gone.Version), Token));
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
    }

    [Fact]
    public async Task Put_ThatFails_LeavesNothingBehind()
    {
        await Store.PutAsync(Root.Append("a"), Content(10), Token);
        await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(Root.Append("a"), Content(10), PutMode.Create, Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(Root.Append("b"), Content(10), PutMode.Update("1"), Token));
        Assert.Equal([Root.Append("a")], (await ListedAsync(Root)).Select(info => info.Uri));
    }

    [Fact]
    public async Task Put_ByManyCreators_IsWonByOne()
    {
        var uri = Root.Append("a");
        var outcomes = await RaceAsync(8, index => Store.PutAsync(uri, Content(100_000, index), PutMode.Create, Token), ObjectStoreErrorKind.AlreadyExists);
        var winner = Assert.Single(Enumerable.Range(0, 8), index => outcomes[index] is not null);
        Assert.Equal(Content(100_000, winner), await Store.GetAsync(uri, outcomes[winner]!.Version, Token));
    }

    [Fact]
    public async Task Put_ByManyUpdaters_IsWonByOne()
    {
        var uri = Root.Append("a");
        for (var round = 0; round < 10; round++)
        {
            var first = await Store.PutAsync(uri, Content(10, 100), Token);
            var outcomes = await RaceAsync(8, index => Store.PutAsync(uri, Content(10, index), PutMode.Update(first.Version), Token), ObjectStoreErrorKind.PreconditionFailed);
            var winner = Assert.Single(Enumerable.Range(0, 8), index => outcomes[index] is not null);
            Assert.Equal(Content(10, winner), await Store.GetAsync(uri, outcomes[winner]!.Version, Token));
        }
    }

    [Fact]
    public async Task Put_UpdatingInALoopByMany_LosesNoUpdate()
    {
        var uri = Root.Append("counter");
        await Store.PutAsync(uri, BitConverter.GetBytes(0), Token);
        await Parallel.ForAsync(0, 4, Token, async (_, token) =>
        {
            for (var done = 0; done < 10;)
            {
                var version = (await Store.StatAsync(uri, token)).Version;
                try
                {
                    var count = BitConverter.ToInt32(await RepeatedAsync(() => Store.GetAsync(uri, version, token)));
                    await RepeatedAsync(() => Store.PutAsync(uri, BitConverter.GetBytes(count + 1), PutMode.Update(version), token));
                    done++;
                }
                catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.PreconditionFailed)
                {
                    // Another one was first; take its version and try again.
                }
            }
        });
        Assert.Equal(40, BitConverter.ToInt32(await Store.GetAsync(uri, null, Token)));
    }

    [Fact]
    public async Task Put_OverAndOver_NeverShowsATornResource()
    {
        const int Versions = 60;
        var uri = Root.Append("a");
        await Store.PutAsync(uri, Whole(0), Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadWholesAsync(uri, stop.Token), Token)).ToArray();
        for (var version = 1; version <= Versions; version++)
            await Store.PutAsync(uri, Whole(version), Token);
        await stop.CancelAsync();
        var reads = await Task.WhenAll(readers);
        Assert.All(reads, count => Assert.True(count > 0));
        Assert.Equal(Whole(Versions), await Store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Multipart_InOrder_IsTheParts()
    {
        var uri = Root.Append("a");
        var (first, last) = (Content(SmallestPart + 100, 1), Content(7, 2));
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token);
        await upload.PutPartAsync(0, first, Token);
        await upload.PutPartAsync(1, last, Token);
        var info = await upload.CompleteAsync(Token);
        Assert.Equal(info, await Store.StatAsync(uri, Token));
        byte[] expected = [.. first, .. last];
        Assert.Equal(expected, await Store.GetAsync(uri, info.Version, Token));
    }

    [Fact]
    public async Task Multipart_OutOfOrderAtOnceAndReplaced_IsThePartsInOrder()
    {
        var uri = Root.Append("a");
        var parts = Enumerable.Range(0, 5).Select(index => Content(SmallestPart + index, index)).ToArray();
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Create, Token);
        await upload.PutPartAsync(3, Content(SmallestPart + 50, 99), Token);
        await Task.WhenAll(Enumerable.Range(0, 5).Reverse().Select(index => upload.PutPartAsync(index, parts[index], Token)));
        await upload.CompleteAsync(Token);
        Assert.Equal(parts.SelectMany(part => part), await Store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Multipart_WithoutCompletion_ShowsNothing()
    {
        var uri = Root.Append("a");
        await using (var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token))
        {
            await upload.PutPartAsync(0, Content(SmallestPart), Token);
            await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
            Assert.Empty(await ListedAsync(Root));
            await upload.AbortAsync(Token);
            await upload.AbortAsync(Token);
        }

        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
        Assert.Empty(await ListedAsync(Root));
    }

    [Fact]
    public async Task Multipart_WithAPartMissing_IsRefused()
    {
        await using var upload = await Store.OpenMultipartAsync(Root.Append("a"), PutMode.Overwrite, Token);
        await upload.PutPartAsync(0, Content(SmallestPart), Token);
        await upload.PutPartAsync(2, Content(SmallestPart), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => upload.CompleteAsync(Token));
    }

    [Fact]
    public async Task Multipart_CreatingWhatExists_IsAlreadyExists()
    {
        var uri = Root.Append("a");
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Create, Token);
        await upload.PutPartAsync(0, Content(SmallestPart, 1), Token);
        await Store.PutAsync(uri, Content(10, 2), Token);
        await FailsAsync(ObjectStoreErrorKind.AlreadyExists, uri, () => upload.CompleteAsync(Token));
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Multipart_LeftAndResumed_GoesOnWithThePartsThereAre()
    {
        var uri = Root.Append("a b");
        var parts = Enumerable.Range(0, 4).Select(index => Content(index == 3 ? 7 : SmallestPart + 100, index)).ToArray();
        string id;
        await using (var upload = await Store.OpenMultipartAsync(uri, PutMode.Create, Token))
        {
            id = upload.Id;
            await upload.PutPartAsync(2, parts[2], Token);
            await upload.PutPartAsync(0, parts[0], Token);
            Assert.Equal([0, 2], upload.Parts.Order());
            upload.Leave();
        }

        Assert.DoesNotContain('\n', id);
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
        Assert.Empty(await ListedAsync(Root));
        await using var resumed = await Store.ResumeMultipartAsync(uri, id, PutMode.Create, Token);
        Assert.Equal([0, 2], resumed.Parts.Order());
        await resumed.PutPartAsync(3, parts[3], Token);
        await resumed.PutPartAsync(1, parts[1], Token);
        Assert.Equal([0, 1, 2, 3], resumed.Parts.Order());
        var info = await resumed.CompleteAsync(Token);
        Assert.Equal(info, await Store.StatAsync(uri, Token));
        Assert.Equal(parts.SelectMany(part => part), await Store.GetAsync(uri, info.Version, Token));
    }

    [Fact]
    public async Task Multipart_LeftTwiceWithPartsReplaced_IsTheLatestOfEachPart()
    {
        var uri = Root.Append("a");
        var (first, last) = (Content(SmallestPart + 100, 1), Content(50, 2));
        var id = await LeftAsync(uri, PutMode.Overwrite, Content(SmallestPart + 5, 98), Content(60, 99));
        await using (var again = await Store.ResumeMultipartAsync(uri, id, PutMode.Overwrite, Token))
        {
            await again.PutPartAsync(0, first, Token);
            id = again.Id;
            again.Leave();
        }

        await using var upload = await Store.ResumeMultipartAsync(uri, id, PutMode.Overwrite, Token);
        Assert.Equal([0, 1], upload.Parts.Order());
        await upload.PutPartAsync(1, last, Token);
        await upload.CompleteAsync(Token);
        byte[] expected = [.. first, .. last];
        Assert.Equal(expected, await Store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Multipart_ResumedAndAborted_LeavesNothing()
    {
        var uri = Root.Append("a");
        var id = await LeftAsync(uri, PutMode.Overwrite, Content(SmallestPart));
        await using (var upload = await Store.ResumeMultipartAsync(uri, id, PutMode.Overwrite, Token))
            await upload.AbortAsync(Token);
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.ResumeMultipartAsync(uri, id, PutMode.Overwrite, Token));
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
        Assert.Empty(await ListedAsync(Root));
    }

    [Fact]
    public async Task Multipart_ResumedAfterItsEnd_IsNotFound()
    {
        var uri = Root.Append("a");
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token);
        await upload.PutPartAsync(0, Content(10), Token);
        await upload.CompleteAsync(Token);
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.ResumeMultipartAsync(uri, upload.Id, PutMode.Overwrite, Token));
        Assert.Equal(Content(10), await Store.GetAsync(uri, null, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("../../nonsense with spaces?&#%")]
    [InlineData("0123456789abcdef")]
    public async Task Multipart_ResumedByANonsenseId_IsNotFound(string id) =>
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("a"), () => Store.ResumeMultipartAsync(Root.Append("a"), id, PutMode.Overwrite, Token));

    [Fact]
    public async Task Multipart_ResumedForAnotherResource_IsNotFound()
    {
        var id = await LeftAsync(Root.Append("a"), PutMode.Overwrite, Content(SmallestPart));
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("b"), () => Store.ResumeMultipartAsync(Root.Append("b"), id, PutMode.Overwrite, Token));
        await using var upload = await Store.ResumeMultipartAsync(Root.Append("a"), id, PutMode.Overwrite, Token);
        Assert.Equal([0], upload.Parts);
    }

    [Fact]
    public async Task Multipart_ResumedToCreateWhatExistsByNow_IsAlreadyExists()
    {
        var uri = Root.Append("a");
        var id = await LeftAsync(uri, PutMode.Create, Content(SmallestPart, 1));
        await Store.PutAsync(uri, Content(10, 2), Token);
        await using var upload = await Store.ResumeMultipartAsync(uri, id, PutMode.Create, Token);
        await FailsAsync(ObjectStoreErrorKind.AlreadyExists, uri, () => upload.CompleteAsync(Token));
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, null, Token));
    }

    [Fact]
    public async Task Copy_ToWhereNothingIs_CopiesTheContent()
    {
        await Store.PutAsync(Root.Append("a"), Content(2_500_000), Token);
        await Store.CopyIfAbsentAsync(Root.Append("a"), Root.Append("b/c"), Token);
        Assert.Equal(Content(2_500_000), await Store.GetAsync(Root.Append("b/c"), null, Token));
        Assert.Equal(Content(2_500_000), await Store.GetAsync(Root.Append("a"), null, Token));
    }

    [Fact]
    public async Task Copy_ToWhatExists_IsAlreadyExistsAndChangesNothing()
    {
        await Store.PutAsync(Root.Append("a"), Content(10, 1), Token);
        await Store.PutAsync(Root.Append("b"), Content(10, 2), Token);
        await FailsAsync(ObjectStoreErrorKind.AlreadyExists, Root.Append("b"), () => Store.CopyIfAbsentAsync(Root.Append("a"), Root.Append("b"), Token));
        Assert.Equal(Content(10, 2), await Store.GetAsync(Root.Append("b"), null, Token));
    }

    [Fact]
    public async Task Copy_OfNothing_IsNotFound() =>
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("a"), () => Store.CopyIfAbsentAsync(Root.Append("a"), Root.Append("b"), Token));

    [Fact]
    public async Task Delete_Twice_SaysWhetherThereWasOne()
    {
        var uri = Root.Append("d/a");
        await Store.PutAsync(uri, Content(10), Token);
        Assert.True(await Store.DeleteAsync(uri, Token));
        Assert.False(await Store.DeleteAsync(uri, Token));
        Assert.False(await Store.DeleteAsync(Root.Append("never/was"), Token));
        await FailsAsync(ObjectStoreErrorKind.NotFound, uri, () => Store.StatAsync(uri, Token));
    }

    private async Task<string> LeftAsync(ResourceUri uri, PutMode mode, params byte[][] parts)
    {
        await using var upload = await Store.OpenMultipartAsync(uri, mode, Token);
        foreach (var (number, part) in parts.Index())
            await upload.PutPartAsync(number, part, Token);
        upload.Leave();
        return upload.Id;
    }

    // A version shows in every byte and in the length.
    private static byte[] Whole(int version)
    {
        var bytes = new byte[200_000 + (version * 1000)];
        Array.Fill(bytes, (byte)version);
        return bytes;
    }

    private async Task<int> ReadWholesAsync(ResourceUri uri, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested || count == 0)
        {
            try
            {
                var bytes = await RepeatedAsync(() => Store.GetAsync(uri, null, Token));
                Assert.Equal(Whole(bytes[0]).Length, bytes.Length);
                Assert.False(bytes.AsSpan().ContainsAnyExcept(bytes[0]), "The content is of two versions.");
                count++;
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.PreconditionFailed)
            {
                // It was replaced while it was read, and the store said so.
            }
        }

        return count;
    }

    private static async Task<ResourceInfo?[]> RaceAsync(int racers, Func<int, Task<ResourceInfo>> put, ObjectStoreErrorKind losing)
    {
        using var start = new Barrier(racers);
        return await Task.WhenAll(Enumerable.Range(0, racers).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Token);
                return TryAsync(() => put(index), losing);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    private static async Task<ResourceInfo?> TryAsync(Func<Task<ResourceInfo>> put, ObjectStoreErrorKind losing)
    {
        try
        {
            return await RepeatedAsync(put);
        }
        catch (ObjectStoreException failure) when (failure.Kind == losing)
        {
            return null;
        }
    }
}
