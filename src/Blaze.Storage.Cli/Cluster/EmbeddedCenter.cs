using System.Security.Cryptography;
using Blaze.Storage.Center;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>
/// A center of our own: a server on a free loopback port with a random password, in memory only, gone when this process is.
/// </summary>
internal sealed class EmbeddedCenter : IAsyncDisposable
{
    private const int Attempts = 5;
    private const int PasswordDigits = 32;
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(5);

    private readonly ChildProcess _child;
    private readonly LastLines _lines;

    private EmbeddedCenter(ChildProcess child, LastLines lines, CenterAddress address)
    {
        _child = child;
        _lines = lines;
        Address = address;
    }

    /// <summary>Where it listens, with its password.</summary>
    public CenterAddress Address { get; }

    /// <summary>Ends when the server does, with its exit code.</summary>
    public Task<int> Exited => _child.Exited;

    /// <summary>The last lines the server wrote, as the end of a sentence.</summary>
    public string LastWords => _lines.ToString();

    /// <summary>The process id of the shell that guards the server.</summary>
    internal int GuardId => _child.GuardId;

    /// <summary>Starts the server and returns when it answers.</summary>
    /// <param name="server">Which server, usually <see cref="CenterServer.Find"/>.</param>
    /// <param name="time">The clock of the deadline.</param>
    /// <param name="cancellationToken">Stops waiting; the server is then gone.</param>
    /// <exception cref="ClusterException">It ended or did not answer within 30 s; the message holds its last lines.</exception>
    public static Task<EmbeddedCenter> StartAsync(CenterServer server, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(server, CenterProbe.FreePort, time, cancellationToken);

    internal static async Task<EmbeddedCenter> StartAsync(CenterServer server, Func<int> choosePort, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lines = new LastLines(capacity: 20);
            var password = RandomNumberGenerator.GetHexString(PasswordDigits, lowercase: true);
            var address = new CenterAddress { Host = "127.0.0.1", Port = choosePort(), Password = password };
            var child = ChildProcess.Start(server.Command(address.Port, password), lines.Add);
            var isReady = false;
            try
            {
                isReady = await IsReadyAsync(child, address, lines, time, cancellationToken);
                if (isReady)
                    return new EmbeddedCenter(child, lines, address);
            }
            finally
            {
                if (!isReady)
                    await child.DisposeAsync();
            }
            // Somebody took the port between our choosing it and the server's binding it.
            if (attempt == Attempts || !(lines.Contains("already in use") || lines.Contains("AddressAlreadyInUse")))
                throw new ClusterException($"The center ({Path.GetFileName(server.File)}) ended with exit code {await child.Exited} before it was ready; {lines}.");
        }
    }

    /// <summary>Kills the server; it holds nothing that outlives it.</summary>
    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<bool> IsReadyAsync(
        ChildProcess child, CenterAddress address, LastLines lines, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ReadyDeadline, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var answer = UntilAnswerAsync(address, time, end.Token);
        // A stranger who holds the port may accept the connection and say nothing, so the server's end must stop the asking.
        var ended = await Task.WhenAny(answer, child.Exited) == child.Exited;
        await end.CancelAsync();
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (ended)
            return false;
        return answer.IsCompletedSuccessfully
            ? answer.Result
            : throw new ClusterException($"The center did not answer within {ReadyDeadline.TotalSeconds:0} s; {lines}.");
    }

    private static async Task<bool> UntilAnswerAsync(CenterAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!await CenterProbe.AnswersAsync(address.Port, address.Password!, cancellationToken))
            await Task.Delay(ProbePause, time, cancellationToken);
        return true;
    }
}
