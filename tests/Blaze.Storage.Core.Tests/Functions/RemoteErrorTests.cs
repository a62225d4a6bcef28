using System.Reflection;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Core.Tests.Functions;

public sealed class RemoteErrorTests
{
    [Fact]
    public void From_WrappedException_DescribesTheCause()
    {
        var error = RemoteError.From(new TargetInvocationException(new AggregateException(new FormatException("bad"))));
        Assert.Equal(new RemoteError("System.FormatException", "bad", null), error);
    }

    [Fact]
    public void From_ExceptionWhoseMessageThrows_IsDescribedAllTheSame()
    {
        var error = RemoteError.From(new SilentException());
        Assert.Contains("InvalidOperationException", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_LongMessage_IsCut() => Assert.Equal(4096, RemoteError.From(new FormatException(new string('x', 10_000))).Message.Length);

    [Fact]
    public void Parse_OwnJson_GivesTheSame()
    {
        var error = new RemoteError("System.FormatException", "bad \"é\"", "at a\nat b");
        Assert.Equal(error, RemoteError.Parse(error.ToJson()));
    }

    [Theory]
    [InlineData("""{"type":"TaskLost","message":"gone","task":"a","attempts":[]}""", "TaskLost", "gone")]
    [InlineData("""{"message":"only"}""", "", "only")]
    [InlineData("no json", "", "no json")]
    public void Parse_ErrorsOfOthers_GivesWhatTheySay(string json, string type, string message) =>
        Assert.Equal(new RemoteError(type, message, null), RemoteError.Parse(json));

    [Fact]
    public void Message_OfRemoteException_IsOneSentenceWithTheStackBehind()
    {
        var problem = new RemoteException(new RemoteError("System.FormatException", "Bad text.", "   at There()"), "inc-1", "w1");
        Assert.Equal("'inc-1' failed on w1: FormatException: Bad text.", problem.Message);
        Assert.Contains("   at There()", problem.ToString(), StringComparison.Ordinal);
    }

    private sealed class SilentException : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }
}
