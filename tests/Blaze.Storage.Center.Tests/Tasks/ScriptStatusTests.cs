using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class ScriptStatusTests
{
    // What is here is spoken by workers of every version: add, never change.
    private const string Frozen =
        "TooMany=-10 Corrupt=-9 ProtocolMismatch=-8 NoRecipe=-7 PageOutOfOrder=-6 Cycle=-5 UnknownAlias=-4 Cancelled=-3 OtherOwner=-2 NoLease=-1 Nothing=0 Done=1 AlreadyDone=2";

    [Fact]
    public void Numbers_AreFrozen() =>
        Assert.Equal(Frozen, string.Join(' ', Enum.GetValues<ScriptStatus>().OrderBy(status => (int)status).Select(status => $"{status}={(int)status}")));
}
