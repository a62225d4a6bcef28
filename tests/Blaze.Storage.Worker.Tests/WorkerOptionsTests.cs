using Blaze.Storage.Core;

namespace Blaze.Storage.Worker.Tests;

public sealed class WorkerOptionsTests
{
    public static TheoryData<WorkerOptions, string> Wrong => new()
    {
        { new WorkerOptions { Slots = 0 }, "slots" },
        { new WorkerOptions { Slots = 1025 }, "slots" },
        { new WorkerOptions { Lease = TimeSpan.FromMilliseconds(999) }, "lease" },
        { new WorkerOptions { IdlePoll = TimeSpan.Zero }, "poll" },
        { new WorkerOptions { DrainPeriod = TimeSpan.FromTicks(-1) }, "drain" },
        { new WorkerOptions { ReadsPerSlot = 0 }, "reads per slot" },
        { new WorkerOptions { InlineLimit = -1 }, "inline" },
        { new WorkerOptions { LocalityWait = TimeSpan.FromTicks(-1) }, "locality wait" },
        { new WorkerOptions { Host = "" }, "host" },
        { new WorkerOptions { Host = "my host" }, "host" },
        { new WorkerOptions { Host = "a,b" }, "host" },
        { new WorkerOptions { Host = new string('h', 101) }, "host" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validated_ValueOutOfRange_NamesIt(WorkerOptions options, string named)
    {
        Assert.Contains(named, Assert.Throws<BlazeException>(options.Validated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validated_Defaults_AreFine()
    {
        Assert.Equal(Environment.ProcessorCount, new WorkerOptions().Validated().Slots);
    }

    [Fact]
    public void HostNames_Default_AreNoLoopbackAddresses()
    {
        Assert.DoesNotContain(new WorkerOptions().HostNames, name => name.StartsWith("127.", StringComparison.Ordinal) || name is "::1" or "");
    }
}
