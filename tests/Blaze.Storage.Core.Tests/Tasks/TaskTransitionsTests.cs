using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Core.Tests.Tasks;

public sealed class TaskTransitionsTests
{
    public static TheoryData<TaskState> States => [.. Enum.GetValues<TaskState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Next_HoldersEvent_OnlyWhileLeased(TaskState state)
    {
        TaskEvent[] holders = [TaskEvent.Complete, TaskEvent.Continue, TaskEvent.Fail, TaskEvent.Release, TaskEvent.LoseLease, TaskEvent.GiveUp, TaskEvent.LoseInput];
        Assert.All(holders, happening => Assert.Equal(state == TaskState.Leased, TaskTransitions.Next(state, happening) is not null));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Next_TerminalState_LeftOnlyByAskingAgain(TaskState state)
    {
        var ways = Enum.GetValues<TaskEvent>().Where(happening => TaskTransitions.Next(state, happening) is not null).ToArray();
        if (TaskTransitions.IsTerminal(state))
            Assert.Equal([state == TaskState.Done ? TaskEvent.LoseValue : TaskEvent.Restart], ways);
        else
            Assert.Contains(ways, happening => TaskTransitions.IsTerminal(TaskTransitions.Next(state, happening)!.Value));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Next_Claim_OnlyFromReady(TaskState state) =>
        Assert.Equal(state == TaskState.Ready ? TaskState.Leased : null, TaskTransitions.Next(state, TaskEvent.Claim));

    [Fact]
    public void Next_EveryState_IsReachedFromWaiting()
    {
        var reached = new HashSet<TaskState> { TaskState.Waiting };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith([.. from state in reached from happening in Enum.GetValues<TaskEvent>() let next = TaskTransitions.Next(state, happening) where next is not null select next.Value]);
        }

        Assert.Equal(Enum.GetValues<TaskState>().Length, reached.Count);
    }
}
