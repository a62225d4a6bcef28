using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Planning;

public sealed class RendezvousTests
{
    private const long MiB = 1 << 20;
    private const int Blocks = 20_000;
    private static readonly ResourceHash Resource = ResourceHash.Of("s3://bucket/a", "1");

    [Fact]
    public void Choose_KnownBytes_IsTheHostItWasAlways()
    {
        var hosts = Hosts(1, 1, 1);
        var chosen = Enumerable.Range(0, 12).Select(block => Rendezvous.Choose(Resource, block * 16 * MiB, hosts));
        Assert.Equal("h2 h2 h1 h1 h2 h2 h1 h1 h1 h1 h0 h2", string.Join(' ', chosen));
    }

    [Fact]
    public void Choose_ManyBlocks_SharesThemByTheSlots()
    {
        var hosts = Hosts(1, 2, 3, 4);
        var shares = Enumerable.Range(0, Blocks).CountBy(block => Rendezvous.Choose(Resource, block * 16 * MiB, hosts)).ToDictionary();
        foreach (var host in hosts)
            Assert.InRange(shares[host.Name] / (Blocks * host.Slots / 10.0), 0.93, 1.07);
    }

    [Fact]
    public void Choose_HostLeaves_OnlyItsOwnBytesMove() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(50),
        Prop.ForAll<NonEmptyArray<byte>, byte>((slots, leaving) => OnlyItsOwnBytesMove([1, .. slots.Get.Select(count => 1 + (count % 64))], leaving)));

    private static void OnlyItsOwnBytesMove(int[] slots, byte leaving)
    {
        var hosts = Hosts(slots);
        var gone = hosts[leaving % hosts.Length];
        for (var block = 0L; block < 200; block++)
        {
            var before = Rendezvous.Choose(Resource, block * 16 * MiB, hosts);
            var after = Rendezvous.Choose(Resource, block * 16 * MiB, [.. hosts.Where(host => host != gone).Reverse()]);
            Assert.True(before == gone.Name ? after != before : after == before, $"Block {block} moved from {before} to {after} when {gone.Name} left.");
        }
    }

    [Fact]
    public void Choose_AnywhereInABlockOf16MiB_IsOneHost()
    {
        var hosts = Hosts(2, 2, 2, 2, 2, 2, 2, 2);
        for (var block = 0L; block < 20; block++)
            Assert.Single(Enumerable.Range(0, 256).Select(part => Rendezvous.Choose(Resource, (block * 16 * MiB) + (part * MiB / 16), hosts)).Distinct());
    }

    [Fact]
    public void Choose_OtherResource_IsOftenAnotherHost()
    {
        var hosts = Hosts(1, 1, 1);
        var other = ResourceHash.Of("s3://bucket/a", "2");
        var same = Enumerable.Range(0, Blocks).Count(block => Rendezvous.Choose(Resource, block * 16 * MiB, hosts) == Rendezvous.Choose(other, block * 16 * MiB, hosts));
        Assert.InRange(same / (double)Blocks, 0.31, 0.36);
    }

    private static LiveHost[] Hosts(params int[] slots) => [.. slots.Select((count, index) => new LiveHost($"h{index}", count))];
}
