using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Center.Tests.Model;

public sealed class RedisModelTests(RedisFixture fixture) : ModelTests(fixture);

public sealed class GarnetModelTests(GarnetFixture fixture) : ModelTests(fixture);

public abstract class ModelTests(ServerFixture fixture) : CenterTest(fixture)
{
    private const int Stories = 60;
    private const int LongestStory = 120;

    [Fact]
    public void Server_AnyStory_DoesWhatTheModelDoesAndLeavesNoJobHanging()
    {
        var stories = int.TryParse(Environment.GetEnvironmentVariable("BLAZE_TEST_STORIES"), out var wanted) ? wanted : Stories;
        var number = 0;
        var property = Prop.ForAll<Happening[]>(
            ArbMap.Default.ArbFor<Happening[]>(),
            happenings =>
            {
                var story = new Story(Center.Server, $"{Address.Namespace}-{number++}", Cancellation);
                try
                {
                    PlayAsync(story, happenings).GetAwaiter().GetResult();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    throw new InvalidOperationException($"{story.Told}\n{exception.Message}", exception);
                }
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(stories).WithStartSize(10).WithEndSize(LongestStory), property);
    }

    private static async Task PlayAsync(Story story, Happening[] happenings)
    {
        foreach (var happening in happenings)
            await story.PlayAsync(happening);
        await story.EndAsync();
    }
}
