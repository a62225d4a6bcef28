using System.Globalization;
using System.Net.Sockets;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

/// <summary>In a cluster a message reaches those who listen at any node, and who sends it hears of those at its own alone.</summary>
public sealed class ClusterHandOverTests
{
    private const string Namespace = "n";
    private const string Probe = "probe";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_TheIdleWorkerHearsAtAnotherNode_IsQueuedAndNotTold()
    {
        var folder = Directory.CreateTempSubdirectory("blaze-cluster-");
        try
        {
            await using var keeper = await CenterServers.StartRedisNodeAsync(folder.FullName, Cancellation);
            await using var other = await CenterServers.StartRedisNodeAsync(folder.FullName, Cancellation);
            using var atKeeper = await LinesAsync(keeper);
            using var hearing = await LinesAsync(other);
            await atKeeper.AskAsync("CLUSTER ADDSLOTSRANGE 0 16383");
            await atKeeper.AskAsync(string.Create(CultureInfo.InvariantCulture, $"CLUSTER MEET 127.0.0.1 {other.Port} {CenterServers.BusPort(other.Port)}"));
            var channel = $"blaze:{{{Namespace}/0}}:given:w1";
            await hearing.AskAsync($"SUBSCRIBE {channel}");
            var first = hearing.MessageAsync();
            while (!first.IsCompleted || await atKeeper.AskAsync($"SET {{{Namespace}/0}} 1") != "+OK")
                await atKeeper.AskAsync($"PUBLISH {channel} {Probe}");

            await using var center = await CenterConnection.ConnectAsync(
                CenterAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{keeper.Port}/{Namespace}")), new CenterOptions(), Cancellation);
            await center.Sessions.OpenAsync("s", 0, TimeSpan.FromHours(1), "{}", Cancellation);
            await center.Tasks.StepAsync(new StepRequest("w1", [], 1, TimeSpan.FromMinutes(1)) { IsIdle = true }, Cancellation);
            await center.Sessions.SubmitAsync("s", [new TaskAddition("x", "recipe"u8.ToArray(), [], 1, 0)], Cancellation);

            await atKeeper.AskAsync($"PUBLISH {channel} end");
            var heard = await first;
            while (heard == Probe)
                heard = await hearing.MessageAsync();
            Assert.Equal("end", heard);
            Assert.Equal(TaskState.Ready, (await center.Sessions.GetAsync(["x"], Cancellation))[0].State);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Lines> LinesAsync(TestServer server)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port, Cancellation);
        return new Lines(socket, new StreamReader(socket.GetStream()));
    }

    /// <summary>A connection that sends commands, and reads answers, line by line.</summary>
    private sealed record Lines(TcpClient Socket, StreamReader Reader) : IDisposable
    {
        public void Dispose()
        {
            Reader.Dispose();
            Socket.Dispose();
        }

        /// <summary>The first line of the answer to a command.</summary>
        public async Task<string?> AskAsync(string command)
        {
            await Socket.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(command + "\r\n"), Cancellation);
            return await Reader.ReadLineAsync(Cancellation);
        }

        /// <summary>The text of the next message.</summary>
        public async Task<string?> MessageAsync()
        {
            while (await Reader.ReadLineAsync(Cancellation) is { } line)
            {
                if (line != "message")
                    continue;
                for (var skipped = 0; skipped < 3; skipped++)
                    await Reader.ReadLineAsync(Cancellation);
                return await Reader.ReadLineAsync(Cancellation);
            }

            return null;
        }
    }
}
