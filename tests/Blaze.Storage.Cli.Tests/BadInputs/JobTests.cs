namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Jobs that are not there, and prefixes no key has.</summary>
[Collection(BadWorld.Sharing)]
public sealed class JobTests(BadWorld world)
{
    [Theory]
    [InlineData("nowhere", "'nowhere'")]
    [InlineData("0000000000000000", "'0000000000000000'")]
    [InlineData("*", "'*'")]
    [InlineData("../jobs", "'../jobs'")]
    [InlineData("a:b", "'a:b'")]
    [InlineData("\u00e4", "'\u00e4'")]
    [InlineData("{broken}", "job")]
    public async Task Job_Unknown_FailsWithItsId(string id, string words)
    {
        await world.AssertRefusedAsync($"job {id}", ExitCodes.Failed, words + "|There is no job|`blaze jobs`");
        await world.AssertRefusedAsync($"cancel {id}", ExitCodes.Failed, words + "|There is no job|`blaze jobs`");
    }

    [Theory]
    [InlineData("job {nothing}", "id|1 to 128|`blaze jobs`")]
    [InlineData("cancel {nothing}", "id|1 to 128|`blaze jobs`")]
    [InlineData("job {blank}", "id|1 to 128|`blaze jobs`")]
    [InlineData("job a{newline}b", "id|1 to 128|`blaze jobs`")]
    [InlineData("cancel a{NUL}b", "id|1 to 128|`blaze jobs`")]
    [InlineData("job {escape}", "id|1 to 128|`blaze jobs`")]
    [InlineData("cancel {300}", "id|1 to 128|`blaze jobs`")]
    [InlineData("keys {nothing}", "prefix is empty")]
    [InlineData("keys {blank}", "prefix is empty")]
    public Task Name_ThatCanBeNone_IsBadUsage(string line, string words) => world.AssertRefusedAsync(line, ExitCodes.BadUsage, words);

    [Theory]
    [InlineData("nowhere")]
    [InlineData("*")]
    [InlineData("[")]
    [InlineData("HIST~")]
    [InlineData("HIST_zz.0_1")]
    [InlineData("HIST.")]
    [InlineData(".0_1")]
    [InlineData("a.b.c")]
    [InlineData("{300}")]
    [InlineData("a{newline}b")]
    [InlineData("a{NUL}b")]
    [InlineData("{broken}")]
    [InlineData("{surrogate}")]
    public async Task Keys_PrefixNoKeyHas_FindsNothing(string prefix)
    {
        var outcome = await world.RunAsync($"keys {prefix}");
        Assert.Equal((ExitCodes.Done, "", ""), (outcome.ExitCode, outcome.Results, outcome.Error));
    }

    [Fact]
    public async Task Cancel_OfAJobThatEnded_ChangesNothing()
    {
        await world.RunAsync("hist file");
        var id = (await world.RunAsync("jobs")).Results.Split('\n')[1].Split(' ')[0];
        Assert.Equal((ExitCodes.Done, $"The job {id} had ended: done.\n"), await CancelAsync(id));
        await world.RunAsync("hist nowhere");
        var failed = (await world.RunAsync("jobs")).Results.Split('\n')[1].Split(' ')[0];
        Assert.Equal((ExitCodes.Done, $"The job {failed} had ended: failed.\n"), await CancelAsync(failed));
    }

    private async Task<(int ExitCode, string Results)> CancelAsync(string id)
    {
        var outcome = await world.RunAsync($"cancel {id}");
        return (outcome.ExitCode, outcome.Results);
    }
}
