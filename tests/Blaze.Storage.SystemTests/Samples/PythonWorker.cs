using System.Diagnostics;
using Blaze.Storage.Center;

namespace Blaze.Storage.SystemTests.Samples;

/// <summary>The worker of samples/python-worker, a process of its own with some operations more. Killed when disposed.</summary>
internal sealed class PythonWorker : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    // A lease as short as the tests are. What an operation prints is how a test hears of it.
    private const string Program =
        """
        import os, time, worker

        @worker.operation("fail")
        def fail(text):
            raise ValueError(f"no, not {text}")

        @worker.operation("describe")
        def describe(*arguments):
            return repr(arguments)

        @worker.operation("reverse")
        def reverse(data):
            return data[::-1]

        @worker.operation("who")
        def who(wait):
            print("started", flush=True)
            time.sleep(wait if os.environ["WAITS"] == "1" else 0)
            return os.getpid()

        print("ready", flush=True)
        worker.Worker(os.environ["BLAZE_CENTER"], lease=2).run()
        """;

    private readonly Process _process;

    private PythonWorker(Process process) => _process = process;

    public int Id => _process.Id;

    /// <param name="address">The center.</param>
    /// <param name="waits">Whether its operation <c>who</c> takes as long as it is told.</param>
    public static async Task<PythonWorker> StartAsync(CenterAddress address, bool waits = false)
    {
        var start = new ProcessStartInfo(Python, ["-c", Program]) { RedirectStandardOutput = true };
        start.Environment["BLAZE_CENTER"] = address.ToUriWithPassword();
        start.Environment["PYTHONPATH"] = FolderOfTheSample();
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["WAITS"] = waits ? "1" : "0";
        var worker = new PythonWorker(Process.Start(start)!);
        Assert.Equal("ready", await worker.NextLineAsync());
        return worker;
    }

    /// <summary>Skips the test, or fails it where <c>BLAZE_REQUIRE_SERVERS=1</c>, when Python or its client of Redis is missing.</summary>
    public static async Task RequireAsync()
    {
        if (File.Exists(Python))
        {
            using var trial = Process.Start(new ProcessStartInfo(Python, ["-c", "import redis"]) { RedirectStandardError = true })!;
            await trial.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (trial.ExitCode == 0)
                return;
        }

        const string Reason = "Python or its Redis client is missing; install them with: sudo apt-get install python3-redis";
        if (Environment.GetEnvironmentVariable("BLAZE_REQUIRE_SERVERS") == "1")
            Assert.Fail(Reason);
        Assert.Skip(Reason);
    }

    /// <summary>What it prints next.</summary>
    public async Task<string?> NextLineAsync() =>
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Asks it to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static string FolderOfTheSample()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sample = Path.Combine(folder.FullName, "samples", "python-worker");
            if (Directory.Exists(sample))
                return sample;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds samples/python-worker.");
    }
}
